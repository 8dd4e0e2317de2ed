internal import HTTPTypes

/// How the rows of an answer follow each other.
enum AnswerFormat: String, Sendable, CaseIterable {
    /// One object with all rows.
    case json = "application/json"
    /// A row a line.
    case lines = "application/x-ndjson"
    /// Server-sent events.
    case events = "text/event-stream"

    /// The format that an `Accept` header prefers; JSON where there is none.
    init(accept: String?) throws(Problem) {
        guard let accept, !accept.isEmpty else {
            self = .json
            return
        }
        let wishes = accept.split(separator: ",").enumerated().map { index, wish in
            let parts = wish.split(separator: ";").map { $0.trimmingPrefix(while: \.isWhitespace) }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            return (type: parts.first.map { $0.lowercased() } ?? "", quality: quality, index: index)
        }
        let ranked = wishes.filter { $0.quality > 0 }
            .sorted { $0.quality == $1.quality ? $0.index < $1.index : $0.quality > $1.quality }
        for wish in ranked {
            if let format = Self.matching(wish.type) {
                self = format
                return
            }
        }
        throw Problem(
            .notAcceptable,
            "no answer has a type that 'Accept' names; there are "
                + Self.allCases.map(\.rawValue).joined(separator: ", "))
    }

    private static func matching(_ type: String) -> AnswerFormat? {
        switch String(type.prefix { $0 != " " }) {
        case "*/*", "application/*", "application/json": .json
        case "application/x-ndjson", "application/ndjson", "application/jsonl": .lines
        case "text/event-stream", "text/*": .events
        default: nil
        }
    }
}

/// What a request's body holds.
enum BodyFormat: Sendable {
    /// One object with `logs`.
    case json
    /// A JSON string, or an object with `log`, a line.
    case lines
    /// A log line a line.
    case text

    init(contentType: String?) throws(Problem) {
        switch contentType?.split(separator: ";").first?.lowercased().trimmingSuffix(while: \.isWhitespace) {
        case nil, "application/json": self = .json
        case "application/x-ndjson", "application/ndjson", "application/jsonl": self = .lines
        case "text/plain": self = .text
        default:
            throw Problem(
                .unsupportedMediaType,
                "the body's Content-Type is not taken, expected application/json, application/x-ndjson or text/plain")
        }
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> String {
        var text = String(self)
        while let last = text.last, isTrimmed(last) { text.removeLast() }
        return text
    }
}
