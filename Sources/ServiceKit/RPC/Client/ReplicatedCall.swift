import GRPCCore
import GRPCNIOTransportHTTP2Posix

/// One call that any replica of a tier may answer.
struct ReplicatedCall<Response: Sendable>: Sendable {
    typealias Send = @Sendable (GRPCClient<HTTP2ClientTransport.Posix>, CallOptions) async throws -> Response

    let replicas: ReplicaSet
    let method: String
    let send: Send

    /// The answer of a replica that was not tried yet, or of a second one that answers sooner; nil where all were tried.
    ///
    /// - Parameter tried: the replicas that this call was sent to; those of this attempt are added.
    func attempt(besides tried: inout [Replica], _ options: CallOptions) async throws -> Response? {
        guard let replica = try await replicas.take(besides: tried) else { return nil }
        tried.append(replica)
        guard let patience = replicas.patience(with: method) else { return try await answer(of: replica, options) }
        let answer = await withTaskGroup(of: Event.self) { events -> Result<Response, any Error> in
            events.addTask { await self.outcome(at: replica, options) }
            events.addTask { (try? await Task.sleep(for: patience)) == nil ? .gaveUpWaiting : .waitedLong }
            var underWay = [replica]
            while let event = await events.next() {
                switch event {
                case .gaveUpWaiting: continue
                case .waitedLong:
                    guard let second = replicas.takeSecond(besides: tried) else { continue }
                    tried.append(second)
                    underWay.append(second)
                    events.addTask { await self.outcome(at: second, options) }
                case .ended(let answering, let result):
                    underWay.removeAll { $0 === answering }
                    if case .failure = result, !underWay.isEmpty { continue }
                    if answering !== replica, case .success = result { underWay.forEach(replicas.wasOvertaken) }
                    events.cancelAll()
                    return result
                }
            }
            return .failure(CancellationError())
        }
        return try answer.get()
    }

    private enum Event: Sendable {
        case ended(Replica, Result<Response, any Error>)
        case waitedLong
        case gaveUpWaiting
    }

    private func outcome(at replica: Replica, _ options: CallOptions) async -> Event {
        do { return .ended(replica, .success(try await answer(of: replica, options))) } catch {
            return .ended(replica, .failure(error))
        }
    }

    private func answer(of replica: Replica, _ options: CallOptions) async throws -> Response {
        let start = ContinuousClock.now
        do {
            let response = try await send(replica.client, options)
            replicas.ended(replica, .succeeded(method: method, after: .now - start))
            return response
        } catch {
            replicas.ended(replica, Self.tellsOfReplica(error, after: .now - start) ? .failed : .untold)
            throw error
        }
    }

    /// Whether an error is the replica's: its caller may have left it too little time, or have asked what is wrong.
    private static func tellsOfReplica(_ error: any Error, after duration: Duration) -> Bool {
        switch (error as? RPCError)?.code {
        case .unavailable, .internalError, .unknown, .dataLoss: true
        case .deadlineExceeded: duration > .seconds(1)
        default: false
        }
    }
}
