internal import CTocsinProto

/// A struct that protoc-c made of a message.
protocol CMessage {
    /// Writes the message's defaults over uninitialized memory.
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { get }
}

extension CMessage {
    /// What protobuf-c knows of the message: a constant of the program.
    static var descriptor: UnsafePointer<ProtobufCMessageDescriptor> {
        withUnsafeTemporaryAllocation(of: Self.self, capacity: 1) { memory in
            let message = memory.baseAddress!
            initialize(message)
            return UnsafeRawPointer(message).load(as: ProtobufCMessage.self).descriptor
        }
    }
}

/// A message that is carried by one C struct, which lives no longer than one call.
protocol CRepresented: WireMessage {
    associatedtype C: CMessage

    /// Copies everything out of `message`.
    init(_ message: C) throws(WireError.Reason)

    /// Makes the struct, whose parts lie in `arena` or in this value's own arrays, and lends it to `body`.
    func withC<Output>(
        in arena: borrowing Arena, _ body: (UnsafeMutablePointer<C>) -> Output
    ) throws(WireError.Reason) -> Output
}

/// A message without bulk data: all its parts are copied to the arena.
protocol ArenaRepresented: CRepresented {
    /// Writes the message over the defaults in `message`.
    func fill(_ message: inout C, in arena: borrowing Arena) throws(WireError.Reason)
}

extension ArenaRepresented {
    func withC<Output>(
        in arena: borrowing Arena, _ body: (UnsafeMutablePointer<C>) -> Output
    ) throws(WireError.Reason) -> Output {
        body(try arena.message(self))
    }
}

extension CRepresented {
    public static var messageName: String { String(cString: C.descriptor.pointee.name) }

    public init(decoding bytes: RawSpan) throws(WireError) {
        do {
            self = try bytes.withUnsafeBytes { bytes throws(WireError.Reason) in try Self.decode(bytes) }
        } catch {
            throw WireError(message: Self.messageName, byteCount: bytes.byteCount, reason: error)
        }
    }

    public func encode<Output>(_ write: (borrowing EncodedMessage) -> Output) throws(WireError) -> Output {
        let arena = Arena()
        do {
            return try withC(in: arena) { message in
                message.withMemoryRebound(to: ProtobufCMessage.self, capacity: 1) { write(EncodedMessage($0)) }
            }
        } catch {
            throw WireError(message: Self.messageName, byteCount: nil, reason: error)
        }
    }

    private static func decode(_ bytes: UnsafeRawBufferPointer) throws(WireError.Reason) -> Self {
        let memoryLimit = memoryLimit(byteCount: bytes.count)
        var scanner = WireScanner(bytes, memoryLimit: memoryLimit)
        try scanner.check(C.descriptor)
        let arena = Arena(limit: memoryLimit)
        let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        guard let message = protobuf_c_message_unpack(C.descriptor, arena.allocator, bytes.count, start) else {
            throw arena.isExhausted
                ? .tooCostly(memoryLimit: memoryLimit)
                : .malformed(offset: 0, "protobuf-c cannot unpack it")
        }
        let value = try Self(UnsafeRawPointer(message).load(as: C.self))
        withExtendedLifetime(arena) {}
        return value
    }

    /// Bytes that the C form of a message may take: whole batches need 2 to 6 times their encoded size.
    static func memoryLimit(byteCount: Int) -> Int { (16 << 20) + 8 * byteCount }
}
