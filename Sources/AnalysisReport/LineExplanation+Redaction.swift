public import Pipeline
internal import TocsinCore

extension LineExplanation {
    /// The same without the secrets of the line, wherever the explanation repeats its words.
    ///
    /// The text that models read is made of the line: secrets may be cut in it and no longer look like what they are. So
    /// only those of its words are shown that the redacted line has as well, or that never come out of a line.
    ///
    /// - Parameter line: as it came in.
    public func redacted(line: some Collection<UInt8>) -> LineExplanation {
        let shown = String(decoding: SecretRedaction.redact(line), as: UTF8.self)
        var explanation = self
        explanation.words = words.map { word in
            let parts = word.word.split { !$0.isLetter && !$0.isNumber }
            let isShown = parts.allSatisfy { Self.substitutes.contains(String($0)) || shown.contains($0) }
            return isShown ? word : WordContribution("<SECRET>", word.contribution)
        }
        explanation.analysis.parsed.modelText = explanation.words.map(\.word).joined(separator: " ")
        explanation.row.sentence = row.sentence(words: explanation.words)
        return explanation
    }

    /// What a model text has in place of levels and identifiers.
    private static let substitutes: Set<String> = [
        "trace", "debug", "info", "warning", "error", "fatal", "id", "ip", "mac", "url", "email", "host", "time",
        "number", "hex", "path",
    ]
}
