/// Why a message could not be read or written.
public struct WireError: Error, Hashable, Sendable {
    /// The message's full name in its contract.
    public var message: String
    /// The bytes that were to be decoded; nil where encoding failed.
    public var byteCount: Int?
    public var reason: Reason

    public enum Reason: Error, Hashable, Sendable {
        /// The bytes are no protobuf, or end too early.
        case malformed(offset: Int, String)
        case nestedTooDeeply(limit: Int)
        /// Millions of tiny parts would take far more memory than the message itself.
        case tooCostly(memoryLimit: Int)
        /// A field has a value that the contract rules out, alone or beside the other fields.
        case invalid(field: String, found: String, expected: String)
    }
}

extension WireError: CustomStringConvertible {
    public var description: String {
        let size = byteCount.map { " of \($0) bytes" } ?? ""
        return switch reason {
        case .malformed(let offset, let what):
            "\(message)\(size) is malformed at byte \(offset): \(what)"
        case .nestedTooDeeply(let limit):
            "\(message)\(size) is nested deeper than \(limit) messages"
        case .tooCostly(let memoryLimit):
            "\(message)\(size) would take more than \(memoryLimit) bytes of memory; send fewer or fuller parts"
        case .invalid(let field, let found, let expected):
            "\(message)\(size): \(field) is \(found); expected \(expected)"
        }
    }
}

extension WireError.Reason {
    /// The same reason, its field named from one level further out.
    func inside(_ path: String) -> Self {
        guard case .invalid(let field, let found, let expected) = self else { return self }
        return .invalid(field: "\(path).\(field)", found: found, expected: expected)
    }
}

/// Runs `body`, naming the fields of its errors as parts of `path`.
func inside<Value>(
    _ path: @autoclosure () -> String, _ body: () throws(WireError.Reason) -> Value
) throws(WireError.Reason) -> Value {
    do {
        return try body()
    } catch {
        throw error.inside(path())
    }
}
