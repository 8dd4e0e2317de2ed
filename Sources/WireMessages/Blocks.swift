internal import CTocsinProto
internal import TocsinCore

extension Tocsin__Common__V1__LineBlock: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__common__v1__line_block__init }
}

extension Tocsin__Common__V1__VectorBlock: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__common__v1__vector_block__init }
}

extension LineBlock {
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
            let total = lengths.reduce(0) { $0 + Int($1) }
            throw .invalid(
                field: "\(name).lengths", found: "\(lengths.count) lengths of \(total) bytes together",
                expected: "the \(message.data.len) bytes of data")
        }
        self = block
    }

    /// Lends the block to `body` as a struct that points at the bytes in place.
    func withC<Output>(
        in arena: borrowing Arena,
        _ body: (UnsafeMutablePointer<Tocsin__Common__V1__LineBlock>) throws(WireError.Reason) -> Output
    ) throws(WireError.Reason) -> Output {
        let message = arena.allocate(Tocsin__Common__V1__LineBlock.self, count: 1)
        tocsin__common__v1__line_block__init(message)
        message.pointee.lengths = try arena.lengths(endingAt: ends)
        message.pointee.n_lengths = count
        return try bytes.withUnsafeBufferPointer { (bytes) throws(WireError.Reason) in
            message.pointee.data = ProtobufCBinaryData(borrowing: bytes)
            return try body(message)
        }
    }
}

extension VectorBlock {
    /// Any float32 passes, NaN too: one bad row is for the tier to refuse, row by row.
    init(_ name: StaticString, _ message: UnsafeMutablePointer<Tocsin__Common__V1__VectorBlock>?)
        throws(WireError.Reason)
    {
        let message = try required(name, message)
        let dimension = Int(message.dimension)
        guard dimension > 0 else {
            throw .invalid(field: "\(name).dimension", found: "0", expected: "at least 1")
        }
        let (rows, rest) = message.values.len.quotientAndRemainder(dividingBy: dimension * MemoryLayout<Float>.size)
        let values = [Float](unsafeUninitializedCapacity: rows * dimension) { buffer, count in
            count = rows * dimension
            // Swift runs on little-endian machines alone, so the wire's float32 are this machine's.
            UnsafeMutableRawBufferPointer(buffer).copyMemory(
                from: UnsafeRawBufferPointer(start: message.values.data, count: count * MemoryLayout<Float>.size))
        }
        guard rest == 0, let block = VectorBlock(dimension: dimension, values: values) else {
            throw .invalid(
                field: "\(name).values", found: "\(message.values.len) bytes",
                expected: "a multiple of \(dimension) components of 4 bytes")
        }
        self = block
    }

    /// Lends the block to `body` as a struct that points at the components in place.
    func withC<Output>(
        in arena: borrowing Arena,
        _ body: (UnsafeMutablePointer<Tocsin__Common__V1__VectorBlock>) throws(WireError.Reason) -> Output
    ) throws(WireError.Reason) -> Output {
        let message = arena.allocate(Tocsin__Common__V1__VectorBlock.self, count: 1)
        tocsin__common__v1__vector_block__init(message)
        message.pointee.dimension = try unsigned("dimension", dimension)
        return try values.withUnsafeBufferPointer { (values) throws(WireError.Reason) in
            let bytes = UnsafeRawBufferPointer(values).assumingMemoryBound(to: UInt8.self)
            message.pointee.values = ProtobufCBinaryData(borrowing: bytes)
            return try body(message)
        }
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
