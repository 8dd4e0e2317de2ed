public import GRPCCore
import GRPCNIOTransportHTTP2Posix
public import Logging
public import ServiceLifecycle
public import WireMessages

/// Calls one tier over mutual TLS, each time the replica with the fewest calls under way.
///
/// The call at hand lends its id and what is left of its deadline to the calls made on its behalf. Only what no
/// replica has begun is tried again: calls that end in UNAVAILABLE, at once where another replica is there, and those that
/// an overloaded replica asks to repeat after a while, where the deadline leaves that long. A replica that keeps failing
/// is left alone for a while, and one that takes much longer than usual is overtaken by another.
public final class TierClient: Service {
    public let configuration: TierClientConfiguration
    let credentials: TLSCredentials
    let logger: Logger
    let replicas: ReplicaSet

    public init(_ configuration: TierClientConfiguration, credentials: TLSCredentials, logger: Logger) throws {
        self.configuration = configuration
        self.credentials = credentials
        self.logger = logger
        replicas = ReplicaSet(configuration, credentials: credentials, logger: logger)
    }

    /// The replicas as they are known now.
    public var replicaStatus: [ReplicaStatus] { replicas.status }

    /// Keeps the connections until the process shuts down; calls wait until it runs.
    public func run() async throws {
        await withGracefulShutdownHandler {
            await replicas.run()
        } onGracefulShutdown: {
            self.shutDown()
        }
    }

    /// Lets the calls under way end and then ends `run`.
    public func shutDown() { replicas.shutDown() }

    /// One message out, one back.
    ///
    /// - Throws: `RPCError`, or `CancellationError` where the current task was cancelled.
    public func unary<Request: WireMessage, Response: WireMessage>(
        _ method: WireMethod<Request, Response>, _ request: Request
    ) async throws -> Response {
        let metadata = self.metadata
        let call = ReplicatedCall<Response>(replicas: replicas, method: method.name) { client, options in
            try await self.send(ClientRequest(message: request, metadata: metadata), method, to: client, options)
        }
        return try await retrying(call)
    }

    /// What each replica answers, side by side and over the connections that are there: one that is left alone is not
    /// asked, one that fails has no answer.
    public func unaryOnConnectedReplicas<Request: WireMessage, Response: WireMessage>(
        _ method: WireMethod<Request, Response>, _ request: Request
    ) async -> [Replicas.Address: Response] {
        guard let options = try? options(until: deadline) else { return [:] }
        let metadata = self.metadata
        return await withTaskGroup(of: (Replicas.Address, Response?).self) { calls in
            for replica in replicas.connected {
                calls.addTask {
                    let request = ClientRequest(message: request, metadata: metadata)
                    return (replica.address, try? await self.send(request, method, to: replica.client, options))
                }
            }
            return await calls.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    private func send<Request: WireMessage, Response: WireMessage>(
        _ request: ClientRequest<Request>, _ method: WireMethod<Request, Response>,
        to client: GRPCClient<HTTP2ClientTransport.Posix>, _ options: CallOptions
    ) async throws -> Response {
        try await normalizingErrors {
            try await client.unary(
                request: request, descriptor: MethodDescriptor(method, type: .unary), serializer: WireSerializer(),
                deserializer: WireDeserializer<Response>(failure: .internalError), options: options
            ) { response in try response.message }
        }
    }

    /// Many messages out, many back; tried once only, because what was sent cannot be called back. It lasts as long as its
    /// messages take: only a deadline of the call that it is part of ends it.
    ///
    /// - Throws: `RPCError`, or `CancellationError` where the current task was cancelled.
    public func stream<Request: WireMessage, Response: WireMessage, Result: Sendable>(
        _ method: WireMethod<Request, Response>,
        requests: @escaping @Sendable (RPCWriter<Request>) async throws -> Void,
        responses: @escaping @Sendable (RPCAsyncSequence<Response, any Error>) async throws -> Result
    ) async throws -> Result {
        guard let replica = try await replicas.take(besides: []) else {
            throw RPCError(code: .unavailable, message: "the tier has no replica")
        }
        defer { replicas.ended(replica, .untold) }
        return try await normalizingErrors {
            try await replica.client.bidirectionalStreaming(
                request: StreamingClientRequest(metadata: self.metadata, producer: requests),
                descriptor: MethodDescriptor(method, type: .bidirectionalStreaming),
                serializer: WireSerializer(), deserializer: WireDeserializer(failure: .internalError),
                options: try self.options(until: CallContext.current?.deadline)
            ) { response in try await responses(response.messages) }
        }
    }

    private var metadata: Metadata {
        [RequestID.name: .string(CallContext.current?.requestID ?? RequestID.random())]
    }

    private var deadline: ContinuousClock.Instant {
        let own = ContinuousClock.now + configuration.timeout
        return min(own, CallContext.current?.deadline ?? own)
    }

    private func options(until deadline: ContinuousClock.Instant?) throws(RPCError) -> CallOptions {
        var options = CallOptions.defaults
        if let deadline {
            let timeout = ContinuousClock.now.duration(to: deadline)
            guard timeout > .zero else {
                throw RPCError(
                    code: .deadlineExceeded, message: "no time was left to call the \(configuration.tier) tier")
            }
            options.timeout = timeout
        }
        options.maxRequestMessageBytes = RPCLimits.messageBytes
        options.maxResponseMessageBytes = RPCLimits.messageBytes
        return options
    }

    private func retrying<Response: Sendable>(_ call: ReplicatedCall<Response>) async throws -> Response {
        let deadline = deadline
        var delay = configuration.retryDelay
        var round = 1
        var tried: [Replica] = []
        var failure: RPCError?
        while true {
            do {
                if let response = try await call.attempt(besides: &tried, try options(until: deadline)) {
                    return response
                }
            } catch let error as RPCError where error.code == .unavailable || error.retryPushback != nil {
                failure = error
                continue  // at once at another replica, where one is left
            }
            // All replicas were tried that may be.
            let error = failure ?? RPCError(code: .unavailable, message: "the tier has no replica")
            // Each client waits a different time, so that they do not all come back at once.
            let pause =
                error.retryPushback.map { $0 * Double.random(in: 1...1.5) } ?? delay * Double.random(in: 0.5...1)
            guard round < configuration.attempts, ContinuousClock.now + pause < deadline else { throw error }
            logger.debug(
                "trying the \(configuration.tier) tier again", error: error, metadata: ["round": "\(round)"])
            try await Task.sleep(for: pause)
            round += 1
            delay *= 2
            tried = []
        }
    }

    /// gRPC words a call that its own caller cancelled in several ways; here it is always a `CancellationError`.
    private func normalizingErrors<Result>(_ call: () async throws -> Result) async throws -> Result {
        do {
            return try await call()
        } catch {
            guard !Task.isCancelled else { throw CancellationError() }
            guard let error = error as? RPCError else {
                throw RPCError(code: .unavailable, message: "the client of the tier is closed", cause: error)
            }
            throw error
        }
    }
}
