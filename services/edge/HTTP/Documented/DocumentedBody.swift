internal import JSONText
internal import TocsinCore

/// What the bodies of the documented paths have in common: an object with `logs`, and perhaps a model's two names.
struct DocumentedBody: Sendable {
    private let json: JSONValue

    /// - Throws: `Problem` where the body is no object.
    init(_ body: [UInt8]) throws(Problem) {
        do { json = try JSONValue(parsing: body) } catch { throw Problem(.invalidJSON, error.description) }
        guard case .object = json else {
            throw Problem(.wrongType, "the body is \(json.kind), expected an object", pointer: "")
        }
    }

    /// The array of lines that a member is, without a bound but the body's where none is named.
    func lines(_ name: String = "logs", maxLines: Int = .max) throws(Problem) -> LineBlock {
        guard let value = json[name] else {
            throw Problem(
                .missingMember, "\"\(name)\" is missing, expected an array of log lines, each a string",
                pointer: "/\(name)")
        }
        guard case .array(let elements) = value else {
            throw Problem(
                .wrongType, "\"\(name)\" is \(value.kind), expected an array of strings", pointer: "/\(name)")
        }
        guard !elements.isEmpty else {
            throw Problem(.emptyLogs, "\"\(name)\" is empty, expected at least one log line", pointer: "/\(name)")
        }
        guard elements.count <= maxLines else {
            throw Problem(
                .tooManyLines,
                "\"\(name)\" has \(elements.count) lines, at most \(maxLines) are taken; send fewer at a time",
                pointer: "/\(name)")
        }
        var lines = LineBlock()
        for (index, element) in elements.enumerated() {
            guard case .string(let line) = element else {
                throw Problem(
                    .wrongType, "element \(index) of \"\(name)\" is \(element.kind), expected a string",
                    pointer: "/\(name)/\(index)")
            }
            lines.append(line)
        }
        return lines
    }

    /// The model's name, of the documented pair: `ml` stands for itself, `bert` for its variant; nil where there is none.
    func model() throws(Problem) -> String? {
        let type = try word("model_type", oneOf: ["ml", "bert"], else: .unknownModelType)
        let variant = try word("bert_variant", oneOf: ["dann", "lora", "hybrid"], else: .unknownBERTVariant)
        return type == "bert" ? variant ?? "dann" : type
    }

    /// Where the body names what an analysis may refuse.
    var pointers: AnalysisPointers {
        func named(_ names: String...) -> String? {
            names.first { name in json[name].map { $0 != .null } ?? false }.map { "/\($0)" }
        }
        let isVariant = json["model_type"] == .string(Array("bert".utf8))
        return AnalysisPointers(
            model: isVariant ? named("bert_variant", "model_type") : named("model_type", "model"),
            logType: named("log_type"))
    }

    /// A text of a list of possible ones; nil where it is absent or null.
    func word(_ name: String, oneOf words: [String], else code: Problem.Code) throws(Problem) -> String? {
        guard let text = try text(name) else { return nil }
        guard words.contains(text) else {
            let expected = words.map { "\"\($0)\"" }.joined(separator: ", ")
            throw Problem(code, "\"\(name)\" is \"\(text.excerpt)\", expected one of \(expected)", pointer: "/\(name)")
        }
        return text
    }

    func text(_ name: String) throws(Problem) -> String? {
        switch json[name] {
        case nil, .null: return nil
        case .string(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .some(let other):
            throw Problem(.wrongType, "\"\(name)\" is \(other.kind), expected a string", pointer: "/\(name)")
        }
    }

    func flag(_ name: String, default value: Bool) throws(Problem) -> Bool {
        switch json[name] {
        case nil, .null: return value
        case .bool(let flag): return flag
        case .some(let other):
            throw Problem(.wrongType, "\"\(name)\" is \(other.kind), expected true or false", pointer: "/\(name)")
        }
    }

    func integer(_ name: String, in range: ClosedRange<Int>, default value: Int) throws(Problem) -> Int {
        switch json[name] {
        case nil, .null: return value
        case .number(let number):
            guard let integer = Int(exactly: number), range.contains(integer) else {
                throw Problem(
                    .outOfRange,
                    "\"\(name)\" is \(number), expected a whole number from \(range.lowerBound) to \(range.upperBound)",
                    pointer: "/\(name)")
            }
            return integer
        case .some(let other):
            throw Problem(.wrongType, "\"\(name)\" is \(other.kind), expected a whole number", pointer: "/\(name)")
        }
    }
}
