internal import CTocsinProto
internal import Glibc

extension Arena {
    /// A struct that holds `value`.
    func message<Value: ArenaRepresented>(_ value: Value) throws(WireError.Reason) -> UnsafeMutablePointer<Value.C> {
        let message = allocate(Value.C.self, count: 1)
        Value.C.initialize(message)
        try value.fill(&message.pointee, in: self)
        return message
    }

    /// The array of pointers that a repeated message is in C.
    ///
    /// - Parameter fill: writes one element over a struct's defaults.
    func messages<Element, C: CMessage>(
        _ name: StaticString, _ elements: some Collection<Element>,
        _ fill: (Element, inout C) throws(WireError.Reason) -> Void
    ) throws(WireError.Reason) -> UnsafeMutablePointer<UnsafeMutablePointer<C>?> {
        let structs = allocate(C.self, count: elements.count)
        let pointers = allocate(UnsafeMutablePointer<C>?.self, count: elements.count)
        var index = 0
        for element in elements {
            C.initialize(structs + index)
            pointers[index] = structs + index
            try inside("\(name)[\(index)]") { () throws(WireError.Reason) in
                try fill(element, &structs[index])
            }
            index += 1
        }
        return pointers
    }

    /// A text for a `string` field; one with a NUL does not fit, because C would cut it there.
    func string(_ name: StaticString, _ text: String?) throws(WireError.Reason) -> UnsafeMutablePointer<CChar> {
        var text = text ?? ""
        let copy = text.withUTF8 { utf8 in
            let copy = allocate(CChar.self, count: utf8.count + 1)
            utf8.withMemoryRebound(to: CChar.self) {
                copy.update(from: $0.baseAddress ?? UnsafePointer(copy), count: $0.count)
            }
            copy[utf8.count] = 0
            return memchr(copy, 0, utf8.count) == nil ? copy : nil
        }
        guard let copy else { throw .invalid(field: "\(name)", found: "text with a NUL", expected: "text without") }
        return copy
    }

    /// A text that people read, in which a NUL is shown as U+FFFD.
    func prose(_ name: StaticString, _ text: String) throws(WireError.Reason) -> UnsafeMutablePointer<CChar> {
        try string(name, text.utf8.contains(0) ? String(text.map { $0 == "\0" ? "\u{FFFD}" : $0 }) : text)
    }

    /// The array of pointers that a repeated `string` is in C.
    func strings(
        _ texts: [String], _ copy: (String) throws(WireError.Reason) -> UnsafeMutablePointer<CChar>
    ) throws(WireError.Reason) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
        let pointers = allocate(UnsafeMutablePointer<CChar>?.self, count: texts.count)
        for (index, text) in texts.enumerated() { pointers[index] = try copy(text) }
        return pointers
    }

    /// A text for a `bytes` field.
    func bytes(_ text: String?) -> ProtobufCBinaryData {
        guard var text, !text.isEmpty else { return ProtobufCBinaryData() }
        return text.withUTF8 { bytes($0) }
    }

    /// The texts of a repeated `bytes` field.
    func bytes(of texts: some Collection<String>) -> UnsafeMutablePointer<ProtobufCBinaryData> {
        let copies = allocate(ProtobufCBinaryData.self, count: texts.count)
        for (index, text) in texts.enumerated() { (copies + index).initialize(to: bytes(text)) }
        return copies
    }

    func bytes(_ source: UnsafeBufferPointer<UInt8>) -> ProtobufCBinaryData {
        guard let start = source.baseAddress else { return ProtobufCBinaryData() }
        let copy = allocate(UInt8.self, count: source.count)
        copy.update(from: start, count: source.count)
        return ProtobufCBinaryData(len: source.count, data: copy)
    }
}

/// A count or size as the contract's unsigned type.
func unsigned<Number: UnsignedInteger & FixedWidthInteger>(
    _ name: StaticString, _ value: Int, as: Number.Type = Number.self
) throws(WireError.Reason) -> Number {
    guard let number = Number(exactly: value) else {
        throw .invalid(field: "\(name)", found: "\(value)", expected: "0...\(Number.max)")
    }
    return number
}
