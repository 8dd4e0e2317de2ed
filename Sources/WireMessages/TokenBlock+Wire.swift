internal import CTocsinProto
internal import TocsinCore

extension Tocsin__Embedding__V1__TokenBlock: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__embedding__v1__token_block__init }
}

extension TokenBlock {
    /// Any ids pass: one text whose ids are wrong is for the tier to refuse, text by text.
    init(_ name: StaticString, _ message: Tocsin__Embedding__V1__TokenBlock) throws(WireError.Reason) {
        let (count, rest) = message.ids.len.quotientAndRemainder(dividingBy: MemoryLayout<Int32>.size)
        guard rest == 0 else {
            throw .invalid(
                field: "\(name).ids", found: "\(message.ids.len) bytes", expected: "a multiple of 4 bytes")
        }
        let ids = [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = count
            // Swift runs on little-endian machines alone, so the wire's integers are this machine's.
            UnsafeMutableRawBufferPointer(buffer).copyMemory(
                from: UnsafeRawBufferPointer(start: message.ids.data, count: message.ids.len))
        }
        let lengths = UnsafeBufferPointer(start: message.lengths, count: message.n_lengths)
        guard let block = TokenBlock(ids: ids, lengths: lengths) else {
            let total = lengths.reduce(0) { $0 + Int($1) }
            throw .invalid(
                field: "\(name).lengths", found: "\(lengths.count) lengths of \(total) tokens together",
                expected: "the \(count) tokens of ids")
        }
        self = block
    }

    /// Lends the block to `body` as a struct that points at the ids in place.
    func withC<Output>(
        in arena: borrowing Arena,
        _ body: (UnsafeMutablePointer<Tocsin__Embedding__V1__TokenBlock>) throws(WireError.Reason) -> Output
    ) throws(WireError.Reason) -> Output {
        let message = arena.allocate(Tocsin__Embedding__V1__TokenBlock.self, count: 1)
        tocsin__embedding__v1__token_block__init(message)
        message.pointee.lengths = try arena.lengths(endingAt: ends)
        message.pointee.n_lengths = count
        return try ids.withUnsafeBufferPointer { (ids) throws(WireError.Reason) in
            let bytes = UnsafeRawBufferPointer(ids).assumingMemoryBound(to: UInt8.self)
            message.pointee.ids = ProtobufCBinaryData(borrowing: bytes)
            return try body(message)
        }
    }
}
