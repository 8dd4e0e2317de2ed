import Foundation

@testable import BERT

/// What Hugging Face transformers computes for `lines.txt`; made by `reference/make-reference.py`.
struct Reference: Decodable {
    var origin: String
    var weights_sha256: String
    var max_tokens: Int
    var texts: [Text]

    struct Text: Decodable {
        /// As in `lines.txt`: `\xNN` stands for a byte and `\\` for a backslash.
        var text: String
        var ids: [Int32]
        /// Every `step`th component of the embedding is recorded.
        var step: Int
        var vector: [Float]

        var bytes: [UInt8] {
            var bytes: [UInt8] = []
            var rest = Substring(text)
            while let character = rest.first {
                if rest.hasPrefix("\\x"), let byte = UInt8(rest.dropFirst(2).prefix(2), radix: 16) {
                    bytes.append(byte)
                    rest = rest.dropFirst(4)
                } else {
                    if rest.hasPrefix("\\\\") { rest = rest.dropFirst() }
                    bytes.append(contentsOf: String(character).utf8)
                    rest = rest.dropFirst()
                }
            }
            return bytes
        }
    }

    static func load() throws -> Reference {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("reference/reference.json")
        return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    }
}
