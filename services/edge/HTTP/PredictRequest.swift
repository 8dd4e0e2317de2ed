internal import JSONText
internal import TocsinCore

/// The body of `POST /api/predict`.
struct PredictRequest: Sendable, Hashable {
    var lines: LineBlock
    /// The model by name; nil takes the active one.
    var model: String?
    var includesProbabilities: Bool
    var includesTemplates: Bool
}

extension PredictRequest {
    /// - Throws: `Problem` that says which part of the body is wrong.
    init(body: [UInt8], maxLines: Int) throws(Problem) {
        let json: JSONValue
        do { json = try JSONValue(parsing: body) } catch { throw Problem(.invalidJSON, error.description) }
        guard case .object = json else {
            throw Problem(.wrongType, "the body is \(json.kind), expected an object with \"logs\"", pointer: "")
        }
        lines = try Self.lines(json["logs"], maxLines: maxLines)
        model = try Self.model(type: json["model_type"], variant: json["bert_variant"])
        includesProbabilities = try Self.flag("include_probabilities", of: json, default: true)
        includesTemplates = try Self.flag("include_templates", of: json, default: false)
    }

    private static func lines(_ logs: JSONValue?, maxLines: Int) throws(Problem) -> LineBlock {
        guard let logs else {
            throw Problem(
                .missingMember, "\"logs\" is missing, expected an array of log lines, each a string", pointer: "/logs")
        }
        guard case .array(let elements) = logs else {
            throw Problem(.wrongType, "\"logs\" is \(logs.kind), expected an array of strings", pointer: "/logs")
        }
        guard !elements.isEmpty else {
            throw Problem(.emptyLogs, "\"logs\" is empty, expected at least one log line", pointer: "/logs")
        }
        guard elements.count <= maxLines else {
            throw Problem(
                .tooManyLines,
                "\"logs\" has \(elements.count) lines, at most \(maxLines) are taken; send fewer at a time",
                pointer: "/logs")
        }
        var lines = LineBlock()
        for (index, element) in elements.enumerated() {
            guard case .string(let line) = element else {
                throw Problem(
                    .wrongType, "element \(index) of \"logs\" is \(element.kind), expected a string",
                    pointer: "/logs/\(index)")
            }
            lines.append(line)
        }
        return lines
    }

    /// The documented pair of names: `ml` stands for itself, `bert` for its variant.
    private static func model(type: JSONValue?, variant: JSONValue?) throws(Problem) -> String? {
        let type = try word("model_type", type, oneOf: ["ml", "bert"], else: .unknownModelType)
        let variant = try word("bert_variant", variant, oneOf: ["dann", "lora", "hybrid"], else: .unknownBERTVariant)
        return type == "bert" ? variant ?? "dann" : type
    }

    private static func word(
        _ name: String, _ value: JSONValue?, oneOf words: [String], else code: Problem.Code
    ) throws(Problem) -> String? {
        switch value {
        case nil, .null: return nil
        case .string(let bytes):
            let text = String(decoding: bytes, as: UTF8.self)
            guard words.contains(text) else {
                let shown = text.count > 40 ? "\(text.prefix(40))…" : text
                let expected = words.map { "\"\($0)\"" }.joined(separator: ", ")
                throw Problem(code, "\"\(name)\" is \"\(shown)\", expected one of \(expected)", pointer: "/\(name)")
            }
            return text
        case .some(let other):
            throw Problem(.wrongType, "\"\(name)\" is \(other.kind), expected a string", pointer: "/\(name)")
        }
    }

    private static func flag(_ name: String, of json: JSONValue, default value: Bool) throws(Problem) -> Bool {
        switch json[name] {
        case nil, .null: return value
        case .bool(let flag): return flag
        case .some(let other):
            throw Problem(.wrongType, "\"\(name)\" is \(other.kind), expected true or false", pointer: "/\(name)")
        }
    }
}
