internal import JSONText

extension JSONValue {
    /// The text of a member; nil where it has another type, is null or not there.
    func text(_ name: String) -> String? {
        guard case .string(let bytes) = self[name] else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    func number(_ name: String) -> Double? {
        guard case .number(let value) = self[name] else { return nil }
        return value
    }

    func isTrue(_ name: String) -> Bool { self[name] == .bool(true) }

    /// The elements of a member; none where it is no array.
    func elements(_ name: String) -> [JSONValue] {
        guard case .array(let elements) = self[name] else { return [] }
        return elements
    }
}
