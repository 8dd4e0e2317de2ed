import GRPCCore
public import TocsinCore

/// The call that the current task works for: who asked, under which id, and how long the answer is worth something.
///
/// It is a task local, so that log lines and calls to further tiers carry the id and the deadline without being told.
public struct CallContext: Sendable {
    @TaskLocal public static var current: CallContext?

    /// The same in every tier that works for one request; `x-request-id` on the wire.
    public let requestID: String
    /// When the caller stops waiting.
    public let deadline: ContinuousClock.Instant?
    /// Who calls; nil in a program that answers no gRPC call.
    public let peer: PeerIdentity?
    /// The full name of the service and the method that was called.
    public let service: String
    public let method: String
    private let metrics: RPCMetrics?

    /// A context for work that did not come in by gRPC, such as an HTTP request.
    public init(requestID: String, deadline: ContinuousClock.Instant? = nil) {
        self.init(requestID: requestID, deadline: deadline, peer: nil, descriptor: nil, metrics: nil)
    }

    init(
        requestID: String, deadline: ContinuousClock.Instant?, peer: PeerIdentity?, descriptor: MethodDescriptor?,
        metrics: RPCMetrics?
    ) {
        self.requestID = requestID
        self.deadline = deadline
        self.peer = peer
        self.service = descriptor?.service.fullyQualifiedService ?? ""
        self.method = descriptor?.method ?? ""
        self.metrics = metrics
    }

    /// Counts what a handler did, item by item, in the server's metrics.
    public func countItems(answered: Int, failed: Int) {
        metrics?.countItems(self, answered: answered, failed: failed)
    }

    /// Counts the results of a batch.
    public func countItems<Value>(in results: [ItemResult<Value>]) {
        let failed = results.count { (try? $0.get()) == nil }
        countItems(answered: results.count - failed, failed: failed)
    }

    /// Whether the caller has stopped waiting.
    public var isOverdue: Bool { deadline.map { $0 <= .now } ?? false }
}
