internal import CTocsinProto
internal import Glibc

/// Checks wire bytes against a message's descriptor before protobuf-c unpacks them.
///
/// protobuf-c recurses as deep as the bytes ask for, cuts a string at NUL without a word, and says of a damaged
/// message only that it is damaged.
struct WireScanner {
    /// The contracts nest 4 messages deep; a type that contains itself could nest without end.
    static let depthLimit = 16

    /// What protobuf-c notes of every field, known or not, before it reads any.
    private static let bytesPerField = 40

    let bytes: UnsafeRawBufferPointer
    let memoryLimit: Int
    /// A lower bound of what unpacking will take; stops a flood of tiny parts before it is unpacked.
    private var memory = 0

    init(_ bytes: UnsafeRawBufferPointer, memoryLimit: Int) {
        self.bytes = bytes
        self.memoryLimit = memoryLimit
    }

    mutating func check(_ descriptor: UnsafePointer<ProtobufCMessageDescriptor>) throws(WireError.Reason) {
        try check(descriptor, in: 0..<bytes.count, depth: 1)
    }

    private mutating func check(
        _ descriptor: UnsafePointer<ProtobufCMessageDescriptor>, in range: Range<Int>, depth: Int
    ) throws(WireError.Reason) {
        guard depth <= Self.depthLimit else { throw .nestedTooDeeply(limit: Self.depthLimit) }
        memory += descriptor.pointee.sizeof_message
        var cursor = WireCursor(bytes, in: range)
        var seen: UInt64 = 0
        while true {
            let offset = cursor.offset
            guard let found = try cursor.next() else { return }
            memory += Self.bytesPerField
            guard memory <= memoryLimit else { throw .tooCostly(memoryLimit: memoryLimit) }
            guard let field = protobuf_c_message_descriptor_get_field(descriptor, found.number) else { continue }
            switch (field.pointee.type, found.value) {
            case (PROTOBUF_C_TYPE_MESSAGE, .bytes(let inner)):
                try refuseSecond(field, of: descriptor, at: offset, seen: &seen)
                let type = field.pointee.descriptor.assumingMemoryBound(to: ProtobufCMessageDescriptor.self)
                try check(type, in: inner, depth: depth + 1)
            case (PROTOBUF_C_TYPE_STRING, .bytes(let text)):
                guard !hasNUL(text) else {
                    throw .invalid(field: name(field), found: "text with a NUL", expected: "text without")
                }
            case (PROTOBUF_C_TYPE_BYTES, .bytes): break
            case (let type, .bytes) where isPackable(type) && field.pointee.label == PROTOBUF_C_LABEL_REPEATED: break
            case (let type, let value) where fits(type, value): break
            default:
                throw .malformed(offset: offset, "\(name(field)) does not have its contract's wire type")
            }
        }
    }

    /// No encoder writes a sub-message twice; merging them, as protobuf allows, costs quadratic time.
    private func refuseSecond(
        _ field: UnsafePointer<ProtobufCFieldDescriptor>, of descriptor: UnsafePointer<ProtobufCMessageDescriptor>,
        at offset: Int, seen: inout UInt64
    ) throws(WireError.Reason) {
        guard field.pointee.label != PROTOBUF_C_LABEL_REPEATED else { return }
        let bit: UInt64 = 1 << UInt64(field - descriptor.pointee.fields)
        guard seen & bit == 0 else { throw .malformed(offset: offset, "\(name(field)) occurs a second time") }
        seen |= bit
    }

    private func hasNUL(_ range: Range<Int>) -> Bool {
        guard let start = bytes.baseAddress else { return false }
        return memchr(start + range.lowerBound, 0, range.count) != nil
    }

    private func name(_ field: UnsafePointer<ProtobufCFieldDescriptor>) -> String {
        String(cString: field.pointee.name)
    }

    private func isPackable(_ type: ProtobufCType) -> Bool {
        ![PROTOBUF_C_TYPE_STRING, PROTOBUF_C_TYPE_BYTES, PROTOBUF_C_TYPE_MESSAGE].contains(type)
    }

    private func fits(_ type: ProtobufCType, _ value: WireCursor.Value) -> Bool {
        switch type {
        case PROTOBUF_C_TYPE_FIXED64, PROTOBUF_C_TYPE_SFIXED64, PROTOBUF_C_TYPE_DOUBLE:
            if case .fixed64 = value { true } else { false }
        case PROTOBUF_C_TYPE_FIXED32, PROTOBUF_C_TYPE_SFIXED32, PROTOBUF_C_TYPE_FLOAT:
            if case .fixed32 = value { true } else { false }
        case PROTOBUF_C_TYPE_STRING, PROTOBUF_C_TYPE_BYTES, PROTOBUF_C_TYPE_MESSAGE: false
        default:
            if case .varint = value { true } else { false }
        }
    }
}
