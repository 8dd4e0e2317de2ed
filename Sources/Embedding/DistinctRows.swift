internal import TocsinCore

/// The different texts of a batch, and which of them each row is.
struct DistinctRows {
    private(set) var keys: [TextKey] = []
    /// An index of `keys`; nil where the row cannot be computed.
    private(set) var keyOfRow: [Int?] = []
    /// Why, by row.
    private(set) var failures: [Int: ItemFailure] = [:]
    private var indexOfKey: [TextKey: Int] = [:]

    /// - Parameters:
    ///   - encoder: that the batch is for.
    ///   - check: what is wrong with tokens from outside; nil where nothing is.
    init(_ batch: EmbedBatch, for encoder: EncoderKey, check: (ArraySlice<Int32>) -> ItemFailure?) {
        keyOfRow.reserveCapacity(batch.count)
        switch batch.input {
        case .texts(let texts):
            for text in texts { append(TextKey(encoder: encoder, text: text)) }
        case .tokens(let texts):
            for (row, tokens) in texts.enumerated() {
                if let failure = check(tokens) {
                    failures[row] = failure
                    keyOfRow.append(nil)
                } else {
                    append(TextKey(encoder: encoder, tokens: tokens))
                }
            }
        }
    }

    private mutating func append(_ key: TextKey) {
        if let known = indexOfKey[key] {
            keyOfRow.append(known)
        } else {
            indexOfKey[key] = keys.count
            keyOfRow.append(keys.count)
            keys.append(key)
        }
    }
}
