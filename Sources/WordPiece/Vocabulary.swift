/// The pieces that texts are cut into, each with its id.
public struct Vocabulary: Sendable {
    /// The text of each piece by id, as the file spells it: `##` starts one that continues a word.
    public let pieces: [String]
    public let unknownID: Int32
    /// `[PAD]`, which stands for nothing; 0, its place by custom, where there is none.
    public let paddingID: Int32
    /// `[CLS]`, which starts every sequence.
    public let classifierID: Int32
    /// `[SEP]`, which ends every sequence.
    public let separatorID: Int32
    /// Texts that stand for a piece wherever they are spelled out, such as `[MASK]`.
    let specialTokens: [(text: [UInt8], id: Int32)]
    let wordStarts: PieceTrie
    let continuations: PieceTrie

    /// Reads a `vocab.txt`: one piece a line, its id the number of lines before it.
    ///
    /// Throws ``VocabularyError`` where a special token is missing or the file is not UTF-8.
    public init(contents: some Collection<UInt8>) throws(VocabularyError) {
        guard let text = String(validating: contents, as: UTF8.self) else { throw .notUTF8 }
        // By bytes, for a piece may start with a combining mark, which makes one character with what stands before it.
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        try self.init(pieces: lines.map { String(Substring($0)) })
    }

    /// - Parameter pieces: by id; of two that are equal, the later one counts.
    public init(pieces: [String]) throws(VocabularyError) {
        var starts = PieceTrie()
        var continuations = PieceTrie()
        var special: [String: Int32] = [:]
        for (index, piece) in pieces.enumerated() {
            let id = Int32(index)
            if piece.utf8.starts(with: "##".utf8), piece.utf8.count > 2 {
                continuations.insert(piece.utf8.dropFirst(2), id: id)
            } else if Self.specialNames.contains(piece) {
                special[piece] = id
            } else if !piece.isEmpty {
                starts.insert(piece.utf8, id: id)
            }
        }
        guard let unknown = special["[UNK]"] else { throw .missing("[UNK]") }
        guard let classifier = special["[CLS]"] else { throw .missing("[CLS]") }
        guard let separator = special["[SEP]"] else { throw .missing("[SEP]") }
        self.pieces = pieces
        unknownID = unknown
        paddingID = special["[PAD]"] ?? 0
        classifierID = classifier
        separatorID = separator
        specialTokens = special.map { (Array($0.key.utf8), $0.value) }
        wordStarts = starts
        self.continuations = continuations
    }

    private static let specialNames = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
}

/// Why a vocabulary cannot be used.
public enum VocabularyError: Error, Sendable, Hashable, CustomStringConvertible {
    case notUTF8
    /// A special token has no piece.
    case missing(String)

    public var description: String {
        switch self {
        case .notUTF8: "the vocabulary is not UTF-8; take the vocab.txt that belongs to the checkpoint"
        case .missing(let token):
            "the vocabulary has no \(token); take the vocab.txt of a BERT checkpoint, one piece a line"
        }
    }
}
