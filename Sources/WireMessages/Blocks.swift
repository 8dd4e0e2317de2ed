internal import CTocsinProto
internal import TocsinCore

extension Tocsin__Common__V1__LineBlock: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__common__v1__line_block__init }
}

extension Tocsin__Common__V1__VectorBlock: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__common__v1__vector_block__init }
}

extension Tocsin__Embedding__V1__TokenBlock: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__embedding__v1__token_block__init }
}

/// A block of bulk data: a C struct that points at the block's own array, lent for the length of one call.
protocol BlockRepresented {
    associatedtype C: CMessage
    associatedtype Scalar: BitwiseCopyable

    /// The array, whose elements the wire has in little endian, as Swift's machines do.
    var bulk: [Scalar] { get }

    /// Writes the block over the defaults in `message`, with `bulk` for its array.
    func fill(_ message: inout C, _ bulk: ProtobufCBinaryData, in arena: borrowing Arena) throws(WireError.Reason)
}

extension BlockRepresented {
    /// Lends the block to `body` as a struct that points at the array in place.
    func withC<Output>(
        in arena: borrowing Arena, _ body: (UnsafeMutablePointer<C>) throws(WireError.Reason) -> Output
    ) throws(WireError.Reason) -> Output {
        let message = arena.allocate(C.self, count: 1)
        C.initialize(message)
        return try bulk.withUnsafeBufferPointer { (bulk) throws(WireError.Reason) in
            let bytes = UnsafeRawBufferPointer(bulk).assumingMemoryBound(to: UInt8.self)
            try fill(&message.pointee, ProtobufCBinaryData(borrowing: bytes), in: arena)
            return try body(message)
        }
    }
}

extension LineBlock: BlockRepresented {
    /// An absent block is one without lines.
    init(_ name: StaticString, _ message: UnsafeMutablePointer<Tocsin__Common__V1__LineBlock>?)
        throws(WireError.Reason)
    {
        guard let message = message?.pointee else {
            self.init()
            return
        }
        let lengths = UnsafeBufferPointer(start: message.lengths, count: message.n_lengths)
        guard let block = LineBlock(bytes: Array(buffer(message.data)), lengths: lengths) else {
            throw .mismatch(name, lengths, of: "bytes", expected: "the \(message.data.len) bytes of data")
        }
        self = block
    }

    var bulk: [UInt8] { bytes }

    func fill(
        _ message: inout Tocsin__Common__V1__LineBlock, _ bulk: ProtobufCBinaryData, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.lengths = try arena.lengths(endingAt: ends)
        message.n_lengths = count
        message.data = bulk
    }
}

extension VectorBlock: BlockRepresented {
    /// Any float32 passes, NaN too: one bad row is for the tier to refuse, row by row.
    init(_ name: StaticString, _ message: UnsafeMutablePointer<Tocsin__Common__V1__VectorBlock>?)
        throws(WireError.Reason)
    {
        let message = try required(name, message)
        let dimension = Int(message.dimension)
        guard dimension > 0 else {
            throw .invalid(field: "\(name).dimension", found: "0", expected: "at least 1")
        }
        guard let values: [Float] = numbers(message.values),
            let block = VectorBlock(dimension: dimension, values: values)
        else {
            throw .invalid(
                field: "\(name).values", found: "\(message.values.len) bytes",
                expected: "a multiple of \(dimension) components of 4 bytes")
        }
        self = block
    }

    var bulk: [Float] { values }

    func fill(
        _ message: inout Tocsin__Common__V1__VectorBlock, _ bulk: ProtobufCBinaryData, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.dimension = try unsigned("dimension", dimension)
        message.values = bulk
    }
}

extension TokenBlock: BlockRepresented {
    /// Any ids pass: one text whose ids are wrong is for the tier to refuse, text by text.
    init(_ name: StaticString, _ message: Tocsin__Embedding__V1__TokenBlock) throws(WireError.Reason) {
        guard let ids: [Int32] = numbers(message.ids) else {
            throw .invalid(
                field: "\(name).ids", found: "\(message.ids.len) bytes", expected: "a multiple of 4 bytes")
        }
        let lengths = UnsafeBufferPointer(start: message.lengths, count: message.n_lengths)
        guard let block = TokenBlock(ids: ids, lengths: lengths) else {
            throw .mismatch(name, lengths, of: "tokens", expected: "the \(ids.count) tokens of ids")
        }
        self = block
    }

    var bulk: [Int32] { ids }

    func fill(
        _ message: inout Tocsin__Embedding__V1__TokenBlock, _ bulk: ProtobufCBinaryData, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.lengths = try arena.lengths(endingAt: ends)
        message.n_lengths = count
        message.ids = bulk
    }
}

/// The numbers that `bytes` are in little endian, as Swift's machines have them; nil where they are no whole number of them.
private func numbers<Number: BitwiseCopyable>(_ bytes: ProtobufCBinaryData) -> [Number]? {
    let (count, rest) = bytes.len.quotientAndRemainder(dividingBy: MemoryLayout<Number>.size)
    guard rest == 0 else { return nil }
    return [Number](unsafeUninitializedCapacity: count) { buffer, initialized in
        initialized = count
        UnsafeMutableRawBufferPointer(buffer).copyMemory(
            from: UnsafeRawBufferPointer(start: bytes.data, count: bytes.len))
    }
}

extension WireError.Reason {
    /// Lengths that do not add up to what they cut.
    fileprivate static func mismatch(
        _ name: StaticString, _ lengths: UnsafeBufferPointer<UInt32>, of parts: String, expected: String
    ) -> Self {
        let total = lengths.reduce(0) { $0 + Int($1) }
        return .invalid(
            field: "\(name).lengths", found: "\(lengths.count) lengths of \(total) \(parts) together",
            expected: expected)
    }
}

extension Arena {
    /// The packed lengths of parts that end at `ends`.
    func lengths(endingAt ends: [Int]) throws(WireError.Reason) -> UnsafeMutablePointer<UInt32> {
        let lengths = allocate(UInt32.self, count: ends.count)
        var start = 0
        for (index, end) in ends.enumerated() {
            guard let length = UInt32(exactly: end - start) else {
                throw .invalid(
                    field: "lengths[\(index)]", found: "\(end - start)", expected: "at most \(UInt32.max)")
            }
            lengths[index] = length
            start = end
        }
        return lengths
    }
}

extension ProtobufCBinaryData {
    /// C reads what it packs and writes nowhere; its struct lacks the `const`.
    init(borrowing bytes: UnsafeBufferPointer<UInt8>) {
        self.init(len: bytes.count, data: UnsafeMutablePointer(mutating: bytes.baseAddress))
    }
}
