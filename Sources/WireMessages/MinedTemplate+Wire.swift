internal import CTocsinProto
internal import TocsinCore

extension Tocsin__Parser__V1__Template: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__parser__v1__template__init }
}

extension Tocsin__Parser__V1__Parameter: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__parser__v1__parameter__init }
}

extension MinedTemplate {
    init(_ message: Tocsin__Parser__V1__Template) throws(WireError.Reason) {
        self.init(
            id: try templateID("id", message.id),
            text: try WireMessages.text("text", message.text),
            typedText: try WireMessages.text("typed_text", message.typed_text),
            parameters: try map("parameters", message.parameters, message.n_parameters) {
                (parameter) throws(WireError.Reason) in
                TemplateParameter(
                    kind: try WireMessages.text("kind", parameter.kind),
                    value: try WireMessages.text("value", parameter.value))
            },
            supersedes: try templateIDs("supersedes", message.supersedes, message.n_supersedes))
    }
}

extension Arena {
    func message(
        _ template: MinedTemplate
    ) throws(WireError.Reason) -> UnsafeMutablePointer<Tocsin__Parser__V1__Template> {
        let message = allocate(Tocsin__Parser__V1__Template.self, count: 1)
        tocsin__parser__v1__template__init(message)
        message.pointee.id = try templateID("id", template.id)
        message.pointee.text = bytes(template.text)
        message.pointee.typed_text = bytes(template.typedText)
        message.pointee.n_parameters = template.parameters.count
        message.pointee.parameters = try messages("parameters", template.parameters) {
            (parameter, message: inout Tocsin__Parser__V1__Parameter) throws(WireError.Reason) in
            message.kind = try string("kind", parameter.kind)
            message.value = bytes(parameter.value)
        }
        message.pointee.n_supersedes = template.supersedes.count
        message.pointee.supersedes = try templateIDs("supersedes", template.supersedes)
        return message
    }

    func templateIDs(
        _ name: StaticString, _ ids: [String]
    ) throws(WireError.Reason) -> UnsafeMutablePointer<ProtobufCBinaryData> {
        let copies = allocate(ProtobufCBinaryData.self, count: ids.count)
        for (index, id) in ids.enumerated() { copies[index] = try templateID(name, id) }
        return copies
    }

    /// The 16 bytes that an id's 32 hexadecimal digits stand for.
    func templateID(_ name: StaticString, _ id: String) throws(WireError.Reason) -> ProtobufCBinaryData {
        var id = id
        let bytes = id.withUTF8 { digits -> UnsafeMutablePointer<UInt8>? in
            guard digits.count == 32 else { return nil }
            let bytes = allocate(UInt8.self, count: 16)
            for index in 0..<16 {
                guard let high = nibble(digits[2 * index]), let low = nibble(digits[2 * index + 1]) else { return nil }
                bytes[index] = high << 4 | low
            }
            return bytes
        }
        guard let bytes else {
            throw .invalid(field: "\(name)", found: "'\(id.excerpt)'", expected: "32 lowercase hexadecimal digits")
        }
        return ProtobufCBinaryData(len: 16, data: bytes)
    }
}

func templateID(_ name: StaticString, _ bytes: ProtobufCBinaryData) throws(WireError.Reason) -> String {
    guard bytes.len == 16 else {
        throw .invalid(field: "\(name)", found: "\(bytes.len) bytes", expected: "16, a hash of 128 bits")
    }
    return String(unsafeUninitializedCapacity: 32) { digits in
        for (index, byte) in buffer(bytes).enumerated() {
            digits[2 * index] = digit(byte >> 4)
            digits[2 * index + 1] = digit(byte & 15)
        }
        return 32
    }
}

func templateIDs(
    _ name: StaticString, _ start: UnsafeMutablePointer<ProtobufCBinaryData>?, _ count: Int
) throws(WireError.Reason) -> [String] {
    var ids: [String] = []
    for id in UnsafeBufferPointer(start: start, count: count) { ids.append(try templateID(name, id)) }
    return ids
}

private func nibble(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
}

private func digit(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
}
