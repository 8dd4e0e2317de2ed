internal import CTocsinProto
internal import TocsinCore

extension Tocsin__Common__V1__ItemFailure: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__common__v1__item_failure__init }
}

/// A batch's failures by index, each below `count` and named once.
func failures(
    _ start: UnsafeMutablePointer<UnsafeMutablePointer<Tocsin__Common__V1__ItemFailure>?>?, _ number: Int,
    of count: Int
) throws(WireError.Reason) -> [Int: ItemFailure] {
    var failures: [Int: ItemFailure] = [:]
    for element in elements(start, number) {
        guard let message = element?.pointee else { continue }
        let index = Int(message.index)
        guard index < count else {
            throw .invalid(field: "failures", found: "index \(index)", expected: "less than \(count), the items")
        }
        // A code of a later contract is still a failure.
        let code = ItemFailure.Code(rawValue: Int(message.code.rawValue)) ?? .internalFailure
        let failure = ItemFailure(code, try text("failures.message", message.message))
        guard failures.updateValue(failure, forKey: index) == nil else {
            throw .invalid(field: "failures", found: "index \(index) twice", expected: "each index once")
        }
    }
    return failures
}

extension Arena {
    /// The failures in the order of their indices.
    func failures(
        _ failures: [Int: ItemFailure], of count: Int
    ) throws(WireError.Reason) -> UnsafeMutablePointer<UnsafeMutablePointer<Tocsin__Common__V1__ItemFailure>?> {
        let sorted = failures.sorted { $0.key < $1.key }
        return try messages("failures", sorted) {
            (entry, message: inout Tocsin__Common__V1__ItemFailure) throws(WireError.Reason) in
            guard 0..<count ~= entry.key else {
                throw .invalid(field: "index", found: "\(entry.key)", expected: "less than \(count), the items")
            }
            message.index = try unsigned("index", entry.key)
            message.code = Tocsin__Common__V1__ItemFailure__Code(rawValue: UInt32(entry.value.code.rawValue))
            message.message = try prose("message", entry.value.description)
        }
    }
}
