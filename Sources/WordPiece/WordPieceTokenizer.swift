/// Cuts texts into the token ids of an uncased BERT vocabulary, identical to Hugging Face's `BertTokenizer`.
///
/// Control characters vanish, accents are stripped, letters become small, punctuation and CJK characters are words of
/// their own; each word is cut into the longest pieces from its start, and is `[UNK]` where a rest has no piece or the
/// word has more than 100 characters. Special tokens that are spelled out, such as `[MASK]`, stand for themselves.
public struct WordPieceTokenizer: Sendable {
    public let vocabulary: Vocabulary
    /// The most ids of one text, `[CLS]` and `[SEP]` included; what is longer loses its end.
    public let maxTokens: Int

    private let normalization = Normalization.bert
    /// What becomes of each ASCII byte: a small letter or digit as itself, else one of the constants below.
    private let asciiFates: [UInt8]

    private static let removed: UInt8 = 0
    private static let separator: UInt8 = 1
    private static let isolated: UInt8 = 2
    private static let maxWordCharacters = 100

    /// - Parameter maxTokens: at least 2.
    public init(vocabulary: Vocabulary, maxTokens: Int = 128) {
        precondition(maxTokens >= 2, "a sequence has at least [CLS] and [SEP], so no limit of \(maxTokens) tokens")
        self.vocabulary = vocabulary
        self.maxTokens = maxTokens
        let normalization = self.normalization
        asciiFates = (0..<128).map { byte in
            let fate = normalization[UInt32(byte)]
            return switch fate.kind {
            case .removed: Self.removed
            case .separator: Self.separator
            case .isolated: Self.isolated
            case .wordPart:
                fate.replacement.isEmpty ? UInt8(byte) : normalization.replacements[fate.replacement.lowerBound]
            }
        }
    }

    /// The ids of one text, `[CLS]` first and `[SEP]` last.
    ///
    /// - Parameter text: meant to be UTF-8; bytes that are not vanish, as replacement characters do.
    public func tokenIDs(of text: some Collection<UInt8>) -> [Int32] {
        var ids: [Int32] = []
        append(tokenIDsOf: text, to: &ids)
        return ids
    }

    /// Appends the ids of one text to `ids` and returns how many they are.
    @discardableResult
    public func append(tokenIDsOf text: some Collection<UInt8>, to ids: inout [Int32]) -> Int {
        let before = ids.count
        ids.append(vocabulary.classifierID)
        let limit = before + maxTokens - 1
        if text.withContiguousStorageIfAvailable({ append(wordsOf: $0, upTo: limit, to: &ids) }) == nil {
            Array(text).withUnsafeBufferPointer { append(wordsOf: $0, upTo: limit, to: &ids) }
        }
        ids.append(vocabulary.separatorID)
        return ids.count - before
    }

    private func append(wordsOf text: UnsafeBufferPointer<UInt8>, upTo limit: Int, to ids: inout [Int32]) {
        // A word that may be looked up has at most 100 characters of 4 bytes.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.maxWordCharacters * 4) { buffer in
            var word = Word(bytes: buffer)
            var position = 0
            while position < text.count, ids.count < limit {
                let byte = text[position]
                guard byte < 0x80 else {
                    let (codePoint, length) = decodeUTF8(text, at: position)
                    position += length
                    if let codePoint { append(codePoint, to: &word, &ids) }
                    continue
                }
                switch asciiFates[Int(byte)] {
                case Self.removed: position += 1
                case Self.separator:
                    flush(&word, to: &ids)
                    position += 1
                case Self.isolated:
                    flush(&word, to: &ids)
                    if byte == UInt8(ascii: "["), let special = specialToken(in: text, at: position) {
                        ids.append(special.id)
                        position += special.length
                    } else {
                        word.append(byte)
                        flush(&word, to: &ids)
                        position += 1
                    }
                case let letter:
                    word.append(letter)
                    position += 1
                }
            }
            flush(&word, to: &ids)
            if ids.count > limit { ids.removeLast(ids.count - limit) }
        }
    }

    /// Appends what becomes of a code point beyond ASCII.
    private func append(_ codePoint: UInt32, to word: inout Word, _ ids: inout [Int32]) {
        if let letters = hangulLetters(codePoint) {
            for letter in letters { word.append(scalar: letter) }
            return
        }
        let fate = normalization[codePoint]
        let replacement = normalization.replacements[fate.replacement]
        switch fate.kind {
        case .removed: break
        case .separator: flush(&word, to: &ids)
        case .wordPart:
            if replacement.isEmpty { word.append(scalar: codePoint) } else { word.append(contentsOf: replacement) }
        case .isolated:
            flush(&word, to: &ids)
            if replacement.isEmpty {
                word.append(scalar: codePoint)
                flush(&word, to: &ids)
            } else {
                // Each character of the replacement is a word of its own.
                for byte in replacement {
                    if byte & 0xC0 != 0x80 { flush(&word, to: &ids) }
                    word.append(byte)
                }
                flush(&word, to: &ids)
            }
        }
    }

    /// Looks the word up, appends its pieces and empties it.
    @inline(__always)
    private func flush(_ word: inout Word, to ids: inout [Int32]) {
        guard word.characterCount > 0 else { return }
        defer { word.clear() }
        guard word.characterCount <= Self.maxWordCharacters else {
            ids.append(vocabulary.unknownID)
            return
        }
        let before = ids.count
        let bytes = UnsafeBufferPointer(rebasing: word.bytes[..<word.byteCount])
        var start = 0
        while start < bytes.count {
            let rest = bytes[start...]
            let match =
                start == 0
                ? vocabulary.wordStarts.longestPrefix(of: rest) : vocabulary.continuations.longestPrefix(of: rest)
            guard let match else {
                ids.removeLast(ids.count - before)
                ids.append(vocabulary.unknownID)
                return
            }
            ids.append(match.id)
            start += match.length
        }
    }

    private func specialToken(in text: UnsafeBufferPointer<UInt8>, at position: Int) -> (id: Int32, length: Int)? {
        for special in vocabulary.specialTokens where text[position...].starts(with: special.text) {
            return (special.id, special.text.count)
        }
        return nil
    }
}
