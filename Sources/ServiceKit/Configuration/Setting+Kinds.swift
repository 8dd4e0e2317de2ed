public import Logging

extension Setting where Value == Int {
    /// A whole number within `range`.
    public static func number(
        _ name: String, _ summary: String, in range: ClosedRange<Int>, fallback: Int, fallbackText: String? = nil
    ) -> Setting {
        let bounds =
            range.upperBound == .max
            ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
        return Setting(
            name, summary, expected: "a whole number \(bounds)", fallback: fallback,
            fallbackText: fallbackText ?? String(fallback)
        ) { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
    }

    /// A TCP port; 0 takes any free one.
    public static func port(_ name: String, _ summary: String, fallback: Int, fallbackText: String? = nil) -> Setting {
        number(name, summary, in: 0...65_535, fallback: fallback, fallbackText: fallbackText)
    }
}

extension Setting where Value == Bool {
    /// True or false, false where nobody says anything; its flag, which has no value, means true.
    public static func yesOrNo(_ name: String, _ summary: String) -> Setting {
        Setting(name, summary, expected: "true or false", fallback: false, fallbackText: "false", parse: Bool.init)
    }
}

extension Setting where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the names of `Value`.
    public static func choice(_ name: String, _ summary: String, fallback: Value) -> Setting {
        Setting(
            name, summary, expected: "one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))",
            fallback: fallback, fallbackText: fallback.rawValue, parse: Value.init(rawValue:))
    }

    /// The model that answers where a request names none.
    public static func defaultModel(fallback: Value) -> Setting {
        choice(
            "default-model", "The model that answers where a request names none, until another is activated.",
            fallback: fallback
        ).documented(as: "DEFAULT_MODEL")
    }
}

extension Setting where Value == String {
    /// Any text but the empty one.
    public static func text(
        _ name: String, _ summary: String, expected: String, fallback: String, fallbackText: String? = nil
    ) -> Setting {
        Setting(name, summary, expected: expected, fallback: fallback, fallbackText: fallbackText ?? fallback) {
            $0.isEmpty ? nil : $0
        }
    }

    /// Text without which the program cannot start.
    public static func required(_ name: String, _ summary: String, expected: String) -> Setting {
        Setting(name, summary, expected: expected, fallback: "", isRequired: true) { $0.isEmpty ? nil : $0 }
    }
}

extension Setting where Value == [String] {
    /// Texts with commas between them; blanks around them do not count.
    public static func list(
        _ name: String, _ summary: String, expected: String, fallback: [String], fallbackText: String? = nil
    ) -> Setting {
        Setting(name, summary, expected: expected, fallback: fallback, fallbackText: fallbackText) { text in
            let items = text.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.trimming(while: \.isWhitespace)
            }
            return items.contains("") ? nil : items
        }
    }
}

extension Setting where Value == Duration {
    /// A number with its unit, `ms`, `s` or `m`; a bare number means seconds.
    public static func duration(_ name: String, _ summary: String, fallback: Duration) -> Setting {
        Setting(
            name, summary, expected: "a duration such as 500ms, 10s or 2m", fallback: fallback,
            fallbackText: fallback.components.attoseconds == 0
                ? "\(fallback.components.seconds)s" : "\(Int(fallback / .milliseconds(1)))ms"
        ) { text in
            let units: [(String, Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("", 1)]
            for (suffix, seconds) in units where text.hasSuffix(suffix) {
                guard let count = Double(text.dropLast(suffix.count)), count >= 0, count <= 1e6 else { return nil }
                return .seconds(count * seconds)
            }
            return nil
        }
    }
}

extension Setting where Value == Logger.Level {
    /// One of swift-log's levels.
    public static func logLevel(_ name: String, _ summary: String, fallback: Logger.Level) -> Setting {
        let names = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
        return Setting(
            name, summary, expected: "one of \(names)", fallback: fallback, fallbackText: fallback.rawValue,
            parse: Logger.Level.init(rawValue:))
    }
}

extension StringProtocol {
    func trimming(while isTrimmed: (Character) -> Bool) -> String {
        guard let first = firstIndex(where: { !isTrimmed($0) }), let last = lastIndex(where: { !isTrimmed($0) })
        else { return "" }
        return String(self[first...last])
    }
}
