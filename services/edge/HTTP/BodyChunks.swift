internal import Decompression
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import TocsinCore

/// The bytes of a request's body as they come, unpacked where the request says that they are packed.
struct BodyChunks: AsyncSequence, Sendable {
    /// The most that is unpacked at once: however well a body is packed, memory stays bounded.
    static let unpackedBytes = 1 << 18

    private let body: RequestBody
    private let compression: CompressionFormat?
    private let maxUnpackedBytes: Int

    /// - Parameter maxUnpackedBytes: the most bytes that a packed body may hold.
    /// - Throws: `Problem` for an encoding that is not known.
    init(_ request: Request, maxUnpackedBytes: Int) throws(Problem) {
        compression =
            switch request.headers[.contentEncoding]?.lowercased() {
            case nil, "identity": nil
            case "gzip", "x-gzip": .gzip
            case "zstd": .zstd
            case .some(let other):
                throw Problem(
                    .unsupportedEncoding,
                    "the body's Content-Encoding is '\(other.excerpt)', expected gzip, zstd or identity")
            }
        body = request.body
        self.maxUnpackedBytes = maxUnpackedBytes
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(
            body: body.makeAsyncIterator(), decompressor: compression.map(Decompressor.init),
            maxUnpackedBytes: maxUnpackedBytes)
    }

    struct Iterator: AsyncIteratorProtocol {
        private var body: RequestBody.AsyncIterator
        private var decompressor: Decompressor?
        private let maxUnpackedBytes: Int
        private var unpackedBytes = 0
        private var packed: ArraySlice<UInt8> = []
        private var isLast = false

        fileprivate init(body: RequestBody.AsyncIterator, decompressor: Decompressor?, maxUnpackedBytes: Int) {
            self.body = body
            self.decompressor = decompressor
            self.maxUnpackedBytes = maxUnpackedBytes
        }

        mutating func next() async throws -> [UInt8]? {
            guard decompressor != nil else { return try await body.next().map { [UInt8](buffer: $0) } }
            while true {
                let unpacked = try unpack()
                if !unpacked.isEmpty { return unpacked }
                if isLast { return nil }
                if let buffer = try await body.next() { packed += [UInt8](buffer: buffer) } else { isLast = true }
            }
        }

        private mutating func unpack() throws(Problem) -> [UInt8] {
            guard !packed.isEmpty || isLast else { return [] }
            let unpacked: [UInt8]
            do {
                unpacked = try decompressor?.decompress(&packed, isLast: isLast, limit: BodyChunks.unpackedBytes) ?? []
            } catch {
                throw Problem(.invalidEncoding, error.description)
            }
            unpackedBytes += unpacked.count
            guard unpackedBytes <= maxUnpackedBytes else {
                throw Problem(
                    .bodyTooLarge,
                    "the body holds more than \(maxUnpackedBytes) bytes once it is unpacked; send it in parts")
            }
            return unpacked
        }
    }
}
