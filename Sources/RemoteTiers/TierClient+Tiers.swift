import GRPCCore
import Pipeline
import ServiceKit
import TocsinCore
import WireMessages

extension TierClient {
    /// One call, its failure worded as the tier protocols ask for.
    ///
    /// - Throws: `TierError`, or `CancellationError` where the current task was cancelled.
    func call<Request: WireMessage, Response: WireMessage>(
        _ method: WireMethod<Request, Response>, _ request: Request
    ) async throws -> Response {
        do {
            return try await unary(method, request)
        } catch let error as RPCError {
            throw TierError(error, tier: configuration.tier)
        }
    }

    /// One call to each replica of the tier, side by side.
    ///
    /// - Throws: `TierError` where one of them fails, after all have been tried.
    func callEveryReplica<Request: WireMessage, Response: WireMessage>(
        _ method: WireMethod<Request, Response>, _ request: Request
    ) async throws -> [Response] {
        do {
            return try await unaryOnEveryReplica(method, request)
        } catch let error as RPCError {
            throw TierError(error, tier: configuration.tier)
        }
    }

    func info(of service: String) async throws -> TierInfo { try await call(.info(of: service), InfoRequest()) }

    /// An answer has as many results as the request has items, or the tier is not the one we know.
    func check(_ kind: String, answered: Int, asked: Int) throws(TierError) {
        guard answered == asked else {
            throw .failed(
                tier: configuration.tier,
                reason: "it answered \(answered) \(kind) to \(asked); check that its version is ours")
        }
    }
}
