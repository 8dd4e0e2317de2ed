internal import TocsinCore

/// What makes two embeddings the same: the encoder, and the exact bytes of the text or the exact ids of its tokens.
struct TextKey: Hashable, Sendable {
    enum Kind: Sendable {
        /// The bytes are the text.
        case text
        /// The bytes are token ids, each a little-endian 32-bit integer.
        case tokens
    }

    let encoder: EncoderKey
    let kind: Kind
    let bytes: [UInt8]
    /// Of all of it, computed once: a key is looked up in several tables.
    let hash: Int

    init(encoder: EncoderKey, kind: Kind, bytes: [UInt8]) {
        self.encoder = encoder
        self.kind = kind
        self.bytes = bytes
        var hasher = Hasher()
        hasher.combine(encoder)
        hasher.combine(kind)
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        hash = hasher.finalize()
    }

    init(encoder: EncoderKey, text: some Sequence<UInt8>) {
        self.init(encoder: encoder, kind: .text, bytes: Array(text))
    }

    init(encoder: EncoderKey, tokens: some Collection<Int32>) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(tokens.count * MemoryLayout<Int32>.size)
        for id in tokens { withUnsafeBytes(of: id.littleEndian) { bytes.append(contentsOf: $0) } }
        self.init(encoder: encoder, kind: .tokens, bytes: bytes)
    }

    /// The ids of a key of tokens; nil of a text's.
    var tokenIDs: [Int32]? {
        guard kind == .tokens else { return nil }
        return bytes.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: MemoryLayout<Int32>.size).map {
                Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: Int32.self))
            }
        }
    }

    static func == (one: TextKey, other: TextKey) -> Bool {
        one.hash == other.hash && one.encoder == other.encoder && one.kind == other.kind && one.bytes == other.bytes
    }

    func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}

/// One text's result, shared by the cache and all who asked for it.
struct TextEmbedding: Sendable {
    /// `[768]`.
    let vector: [Float]
    /// Special tokens included.
    let tokenCount: Int
}
