internal import Hummingbird

/// Reads what stands behind the `?` of a request's address.
struct QueryReader: Sendable {
    private let parameters: Parameters

    init(_ request: Request) { parameters = request.uri.queryParameters }

    /// Nil where it is absent or empty.
    func text(_ name: Substring) -> String? {
        parameters[name].flatMap { $0.isEmpty ? nil : String($0) }
    }

    func flag(_ name: Substring) throws(Problem) -> Bool {
        switch parameters[name] {
        case nil, "false": false
        case "true": true
        default: throw Problem(.badRequest, "the query's '\(name)' is not known, expected true or false")
        }
    }

    func integer(_ name: Substring, in range: ClosedRange<Int>, default value: Int) throws(Problem) -> Int {
        guard let text = parameters[name] else { return value }
        guard let number = Int(text), range.contains(number) else {
            throw Problem(
                .outOfRange,
                "the query's '\(name)' is not known, expected a whole number from \(range.lowerBound) to "
                    + "\(range.upperBound)")
        }
        return number
    }
}
