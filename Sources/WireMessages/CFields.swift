internal import CTocsinProto
internal import Glibc

// Copies of what C structs point at.

/// The elements of a repeated message.
func elements<C>(
    _ start: UnsafeMutablePointer<UnsafeMutablePointer<C>?>?, _ count: Int
) -> UnsafeBufferPointer<UnsafeMutablePointer<C>?> {
    UnsafeBufferPointer(start: UnsafePointer(start), count: start == nil ? 0 : count)
}

/// Each element of a repeated message, converted.
func map<C, Value>(
    _ name: StaticString, _ start: UnsafeMutablePointer<UnsafeMutablePointer<C>?>?, _ count: Int,
    _ convert: (C) throws(WireError.Reason) -> Value
) throws(WireError.Reason) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(count)
    for (index, element) in elements(start, count).enumerated() {
        guard let element else { continue }  // protobuf-c leaves no hole
        values.append(
            try inside("\(name)[\(index)]") { () throws(WireError.Reason) in try convert(element.pointee) })
    }
    return values
}

/// A sub-message that must be there.
func required<C>(_ name: StaticString, _ message: UnsafeMutablePointer<C>?) throws(WireError.Reason) -> C {
    guard let message else { throw .invalid(field: "\(name)", found: "absent", expected: "a message") }
    return message.pointee
}

func text(_ name: StaticString, _ string: UnsafeMutablePointer<CChar>?) throws(WireError.Reason) -> String {
    guard let string else { return "" }
    return try text(name, UnsafeRawBufferPointer(start: string, count: strlen(string)).bindMemory(to: UInt8.self))
}

func text(_ name: StaticString, _ bytes: ProtobufCBinaryData) throws(WireError.Reason) -> String {
    try text(name, buffer(bytes))
}

func text(_ name: StaticString, _ bytes: UnsafeBufferPointer<UInt8>) throws(WireError.Reason) -> String {
    guard let text = try? UTF8Span(validating: bytes.span) else {
        throw .invalid(field: "\(name)", found: "broken UTF-8", expected: "UTF-8")
    }
    return String(copying: text)
}

func texts(
    _ name: StaticString, _ start: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, _ count: Int
) throws(WireError.Reason) -> [String] {
    var values: [String] = []
    values.reserveCapacity(count)
    for element in elements(start, count) { values.append(try text(name, element)) }
    return values
}

/// The texts of a repeated `bytes` field.
func texts(
    _ name: StaticString, _ start: UnsafeMutablePointer<ProtobufCBinaryData>?, _ count: Int
) throws(WireError.Reason) -> [String] {
    var values: [String] = []
    values.reserveCapacity(count)
    for bytes in UnsafeBufferPointer(start: start, count: count) { values.append(try text(name, bytes)) }
    return values
}

/// Nil where the text is empty.
func optionalText(
    _ name: StaticString, _ string: UnsafeMutablePointer<CChar>?
) throws(WireError.Reason) -> String? {
    guard let string, string.pointee != 0 else { return nil }
    return try text(name, string)
}

/// Nil where the text is empty.
func optionalText(_ name: StaticString, _ bytes: ProtobufCBinaryData) throws(WireError.Reason) -> String? {
    bytes.len == 0 ? nil : try text(name, bytes)
}

/// A count or size as `Int`.
func count(_ name: StaticString, _ value: UInt64) throws(WireError.Reason) -> Int {
    guard let count = Int(exactly: value) else {
        throw .invalid(field: "\(name)", found: "\(value)", expected: "0...\(Int.max)")
    }
    return count
}

func buffer(_ bytes: ProtobufCBinaryData) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes.data, count: bytes.len)
}
