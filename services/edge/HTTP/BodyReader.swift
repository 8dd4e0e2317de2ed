internal import Hummingbird
internal import NIOCore

/// Reads the bodies of requests, within the limits.
struct BodyReader: Sendable {
    let limits: HTTPLimits

    /// The whole body.
    func read(_ request: Request) async throws -> [UInt8] {
        let body = try BodyChunks(request, maxUnpackedBytes: limits.maxBodyBytes)
        let problem = Problem(
            .bodyTooSlow, "the body did not come within \(limits.bodyTimeout); send less at a time")
        return try await within(.now + limits.bodyTimeout, else: problem) { try await collect(body) }
    }

    private func collect(_ body: BodyChunks) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in body {
            bytes.append(contentsOf: chunk)
            guard bytes.count <= limits.maxBodyBytes else {
                throw Problem(
                    .bodyTooLarge,
                    "the body is larger than \(limits.maxBodyBytes) bytes; send fewer lines at a time")
            }
        }
        return bytes
    }
}
