internal import Glibc
internal import JSONText
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
public import ServiceKit

/// Calls an edge over HTTP or HTTPS: a connection for each call.
public struct EdgeClient: Sendable {
    public let address: EdgeAddress
    private let key: String?
    private let credentials: TLSCredentials?

    /// Most bytes of an answer that says why there is none.
    private static let problemBytes = 64 << 10

    /// - Parameters:
    ///   - authority: the path of a PEM file with the authority that signed the edge's certificate; nil trusts the
    ///     system's.
    ///   - key: an API key; nil where the edge asks for none.
    /// - Throws: `TLSError` where the authority's file cannot be used.
    public init(_ address: EdgeAddress, authority: String? = nil, key: String? = nil) throws(TLSError) {
        self.address = address
        self.key = key
        let configuration = TLSConfiguration(
            trustRoots: authority, applicationProtocols: ["http/1.1"], requiresApplicationProtocol: false)
        credentials = address.isSecure ? try TLSCredentials(configuration: configuration, role: .client) : nil
    }

    /// The JSON that a GET answers with.
    ///
    /// - Throws: `EdgeClientError`.
    func get(_ path: String) async throws -> JSONValue {
        var answer: [UInt8] = []
        try await call(.GET, path, headers: [:], sending: nil) { answer += $0 }
        return try json(answer)
    }

    /// Sends what `next` gives until that is nil, and hands on the answer while it comes.
    ///
    /// - Throws: `EdgeClientError`.
    func post(
        _ path: String, headers: HTTPHeaders, sending next: @escaping @Sendable () async throws -> [UInt8]?,
        receive: ([UInt8]) async throws -> Void
    ) async throws {
        try await call(.POST, path, headers: headers, sending: next, receive: receive)
    }

    func json(_ text: [UInt8]) throws(EdgeClientError) -> JSONValue {
        do { return try JSONValue(parsing: text) } catch { throw unexpected("its answer is not JSON, \(error)") }
    }

    func unexpected(_ reason: String) -> EdgeClientError {
        .unexpectedAnswer(address: "\(address)", reason: reason)
    }

    private typealias Exchange = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>

    private func call(
        _ method: HTTPMethod, _ path: String, headers: HTTPHeaders,
        sending next: (@Sendable () async throws -> [UInt8]?)?, receive: ([UInt8]) async throws -> Void
    ) async throws {
        var headers = headers
        headers.add(name: "Host", value: address.authority)
        headers.add(name: "User-Agent", value: "tocsin")
        if let key { headers.add(name: "Authorization", value: "Bearer \(key)") }
        if next != nil { headers.add(name: "Transfer-Encoding", value: "chunked") }
        let head = HTTPRequestHead(version: .http1_1, method: method, uri: address.basePath + path, headers: headers)
        try await connect().executeThenClose { answer, request in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await Self.send(head, next, over: request) }
                try await read(answer, receive)
                group.cancelAll()
            }
        }
    }

    private func connect() async throws(EdgeClientError) -> Exchange {
        do {
            return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(.seconds(10))
                .connect(host: address.host, port: address.port) { [credentials, address] channel in
                    channel.eventLoop.makeCompletedFuture {
                        if let credentials {
                            try channel.pipeline.syncOperations.addHandler(
                                TLSHandler(connecting: credentials.current, to: address.host))
                        }
                        try channel.pipeline.syncOperations.addHTTPClientHandlers()
                        return try Exchange(wrappingChannelSynchronously: channel)
                    }
                }
        } catch {
            throw failure(error)
        }
    }

    /// An error of the network as people know it.
    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError:
            error.connectionErrors.first.map { reason($0.error) } ?? "no address is known for '\(error.host)'"
        case let error as IOError: String(cString: strerror(error.errnoCode))
        default: "\(error)"
        }
    }

    private static func send(
        _ head: HTTPRequestHead, _ next: (@Sendable () async throws -> [UInt8]?)?,
        over request: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>
    ) async throws {
        do {
            try await request.write(.head(head))
            while let next, let bytes = try await next() {
                try await request.write(.body(.byteBuffer(ByteBuffer(bytes: bytes))))
            }
            try await request.write(.end(nil))
        } catch is ChannelError {
            // The edge has hung up: its answer, or the want of one, says why.
        } catch is IOError {
        }
    }

    private func read(
        _ answer: NIOAsyncChannelInboundStream<HTTPClientResponsePart>, _ receive: ([UInt8]) async throws -> Void
    ) async throws {
        var status = HTTPResponseStatus.ok
        var problem: [UInt8] = []
        var parts = answer.makeAsyncIterator()
        while true {
            let part: HTTPClientResponsePart?
            do { part = try await parts.next() } catch { throw failure(error) }
            switch part {
            case .head(let head): status = head.status
            case .body(let buffer) where status == .ok: try await receive(Array(buffer.readableBytesView))
            case .body(let buffer): problem += buffer.readableBytesView.prefix(Self.problemBytes - problem.count)
            case .end:
                if status != .ok { throw refusal(status, problem) }
                return
            case nil: throw unreachable("the connection ended before the answer did")
            }
        }
    }

    private func failure(_ error: any Error) -> EdgeClientError {
        guard case TLSError.peerCertificateRefused = error else { return unreachable(Self.reason(error)) }
        return .untrusted(address: "\(address)", reason: "\(error)")
    }

    private func unreachable(_ reason: String) -> EdgeClientError {
        .unreachable(address: "\(address)", reason: reason)
    }

    private func refusal(_ status: HTTPResponseStatus, _ body: [UInt8]) -> EdgeClientError {
        guard let json = try? JSONValue(parsing: body), let detail = json.text("detail") else {
            return unexpected("it answered with status \(status.code) and no problem in JSON")
        }
        return .refused(address: "\(address)", status: Int(status.code), detail: detail)
    }
}
