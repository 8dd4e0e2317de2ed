public import ArgumentParser

/// Something that a program can be told: by a flag, by the environment or by the configuration file, under one name.
public struct Setting<Value: Sendable>: Sendable {
    /// The name in lower case with hyphens, such as `metrics-port`.
    public let name: String
    /// What the setting does and what it trades, in one sentence.
    public let summary: String
    /// The name under which the documentation of the original system has it as an environment variable, such as
    /// `API_PORT`; nil where it has none.
    let documentedName: String?
    /// What a value must look like, as the end of the sentence "expected …".
    let expected: String
    /// The value where nobody says anything. Of a required setting it stands in until all settings are read.
    let fallback: Value
    let isRequired: Bool
    /// How the help words the fallback; nil where it says nothing of it.
    let fallbackText: String?
    let parse: @Sendable (String) -> Value?

    public init(
        _ name: String, _ summary: String, documentedName: String? = nil, expected: String, fallback: Value,
        isRequired: Bool = false,
        fallbackText: String? = nil, parse: @escaping @Sendable (String) -> Value?
    ) {
        self.name = name
        self.summary = summary
        self.documentedName = documentedName
        self.expected = expected
        self.fallback = fallback
        self.isRequired = isRequired
        self.fallbackText = fallbackText
        self.parse = parse
    }

    /// The same setting with another value where nobody says anything.
    public func falling(backTo fallback: Value) -> Setting {
        Setting(
            name, summary, documentedName: documentedName, expected: expected, fallback: fallback, isRequired: false,
            fallbackText: fallbackText, parse: parse)
    }

    /// The same setting, which also listens to a variable that the original system's documentation names.
    public func documented(as name: String) -> Setting {
        Setting(
            self.name, summary, documentedName: name, expected: expected, fallback: fallback, isRequired: isRequired,
            fallbackText: fallbackText, parse: parse)
    }

    /// The environment variable: `TOCSIN_METRICS_PORT` for `metrics-port`.
    public var environmentName: String { "TOCSIN_" + name.uppercased().replacing("-", with: "_") }

    /// For `@Option(name:)`: `--metrics-port` for `metrics-port`.
    public var flag: NameSpecification { .customLong(name) }

    /// For `@Option(help:)`: the summary, then the environment variable and the fallback.
    public var help: ArgumentHelp {
        let note = isRequired ? "required" : fallbackText.map { "default: \($0)" }
        return ArgumentHelp(
            "\(summary) (\([environmentName, documentedName, note].compactMap { $0 }.joined(separator: "; ")))")
    }
}
