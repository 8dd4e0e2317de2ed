internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// The bytes of a request's body as they come.
struct BodyChunks: AsyncSequence, Sendable {
    private let body: RequestBody

    /// - Throws: `Problem` for an encoding that is not known.
    init(_ request: Request) throws(Problem) {
        switch request.headers[.contentEncoding]?.lowercased() {
        case nil, "identity": body = request.body
        case .some(let other):
            let shown = other.count > 40 ? "another" : "'\(other)'"
            throw Problem(.unsupportedEncoding, "the body's Content-Encoding is \(shown), expected identity")
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(body: body.makeAsyncIterator()) }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate var body: RequestBody.AsyncIterator

        mutating func next() async throws -> [UInt8]? { try await body.next().map { [UInt8](buffer: $0) } }
    }
}
