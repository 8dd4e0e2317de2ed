internal import GRPCCore
public import Logging
internal import Pipeline
internal import ServiceKit
public import ServiceLifecycle
internal import TocsinCore
public import WireMessages

/// Judges log lines by a Tocsin edge, over gRPC and mutual TLS.
///
/// A connection is kept by `run`, as one of the program's services, or while the body of `with` runs. Several edges may be
/// named: each call goes to the one with the fewest calls under way, and on to another where one is away.
public struct EdgeConnection: Service {
    private let client: TierClient

    /// - Parameters:
    ///   - address: `host:port`, or several with commas between them; a name stands for all its addresses.
    ///   - credentials: who calls, and whom to trust; read anew by each connection's `TLSCredentials`.
    ///   - timeout: the most time for a call, its retries included; a stream may last as long as its lines come.
    /// - Throws: `EdgeConnectionError` where the address is none, `TLSError` where a certificate cannot be used.
    public init(
        to address: String, credentials: EdgeCredentials, timeout: Duration = .seconds(30),
        logger: Logger = Logger(label: "tocsin-client")
    ) throws {
        guard let replicas = Replicas(address) else { throw EdgeConnectionError.noAddress(found: address) }
        var configuration = TierClientConfiguration(.edge, replicas: replicas)
        configuration.timeout = timeout
        let tls = TLSConfiguration(
            certificateChain: credentials.certificateChain, privateKey: credentials.privateKey,
            trustRoots: credentials.trustRoots)
        client = try TierClient(
            configuration, credentials: TLSCredentials(configuration: tls, role: .client), logger: logger)
    }

    /// Keeps the connection until the program shuts down or the task is cancelled.
    public func run() async throws { try await client.run() }

    /// Connects for as long as `body` runs.
    public static func with<Result: Sendable>(
        _ address: String, credentials: EdgeCredentials, isolation: isolated (any Actor)? = #isolation,
        _ body: (EdgeConnection) async throws -> Result
    ) async throws -> Result {
        let connection = try EdgeConnection(to: address, credentials: credentials)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await connection.run() }
            defer { connection.client.shutDown() }
            return try await body(connection)
        }
    }

    /// The verdicts on `lines`, in their order, and what they amount to.
    ///
    /// A line that cannot be judged fails alone.
    ///
    /// - Parameters:
    ///   - model: by name, such as `ml`; nil takes the active one.
    ///   - logType: what the lines are said to be; nil detects it line by line.
    /// - Throws: `TierError`, or `CancellationError`.
    public func analyze(
        _ lines: some Sequence<String>, model: String? = nil, logType: String? = nil
    ) async throws -> AnalyzedBatch {
        let batch = AnalyzeBatch(lines: LineBlock(lines), model: model, forcedLogType: logType)
        do { return try await client.unary(.analyze, batch) } catch let error as RPCError {
            throw TierError(error, tier: client.configuration.tier)
        }
    }

    /// The same for lines that come over time, over one bidirectional stream: `receive` gets the verdicts on each batch
    /// while the next ones are read. Ends when `batches` does and all are answered.
    ///
    /// - Parameter batches: lines to be judged together; more save calls, fewer are answered sooner.
    /// - Throws: `TierError`, `CancellationError`, or what `batches` or `receive` throws.
    public func analyze<Batches: AsyncSequence & Sendable>(
        streaming batches: Batches, model: String? = nil, logType: String? = nil,
        receive: @escaping @Sendable (AnalyzedBatch) async throws -> Void
    ) async throws where Batches.Element == [String] {
        do {
            try await client.stream(
                .analyzeStream,
                requests: { writer in
                    for try await lines in batches {
                        try await writer.write(
                            AnalyzeBatch(lines: LineBlock(lines), model: model, forcedLogType: logType))
                    }
                },
                responses: { answers in for try await answer in answers { try await receive(answer) } })
        } catch let error as RPCError {
            throw TierError(error, tier: client.configuration.tier)
        }
    }
}
