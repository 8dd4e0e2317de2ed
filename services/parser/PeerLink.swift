import Logging
import ServiceKit
import TocsinCore
import WireMessages

/// Asks one other replica for what changed, again and again; ever more rarely while it is away.
struct PeerLink {
    let address: Replicas.Address
    let interval: Duration
    let credentials: TLSCredentials
    let templates: LiveTemplates
    let metrics: SyncMetrics
    let logger: Logger

    /// The longest pause before a peer that is away is asked again.
    static let longestPause = Duration.seconds(30)
    /// The most answers that are gathered before they are merged; what is left is asked for in the next turn.
    private static let maxParts = 256
    /// Mining all templates anew may take seconds where they are many: how much longer the pause after it is at least.
    private static let pausePerMerging = 4.0

    /// Where the reading of the peer's tree stands.
    private struct Place {
        var tree: String?
        var position: UInt64 = 0
    }

    /// Runs while the peer is wanted, or until the task is cancelled.
    func run(while isWanted: @escaping @Sendable () -> Bool) async throws {
        let client = try TierClient(
            TierClientConfiguration(
                tier: TierDefaults.parser.tier, replicas: Replicas([(address.host, address.port)]),
                serverName: TierDefaults.parser.serverName, timeout: .seconds(5), attempts: 1),
            credentials: credentials, logger: logger)
        try await withThrowingTaskGroup { group in
            group.addTask { try await client.run() }
            defer { client.shutDown() }
            try await ask(client, while: isWanted)
        }
    }

    private func ask(_ client: TierClient, while isWanted: () -> Bool) async throws {
        var place = Place()
        var pause = interval
        var isAway = false
        while isWanted() {
            do {
                guard let merging = try await pull(client, &place) else { return }
                if isAway { logger.notice("a peer is back", metadata: ["peer": "\(address)"]) }
                isAway = false
                pause = max(interval, merging * Self.pausePerMerging)
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                metrics.failed(address)
                if !isAway {
                    logger.notice("a peer does not answer", error: error, metadata: ["peer": "\(address)"])
                }
                pause = isAway ? min(pause * 2, max(interval, Self.longestPause)) : interval * 2
                isAway = true
            }
            // Not all replicas at the same time.
            try await Task.sleep(for: pause * Double.random(in: 0.8...1))
        }
    }

    /// - Returns: how long merging took; nil where the peer is this very parser: a host name may stand for all replicas.
    private func pull(_ client: TierClient, _ place: inout Place) async throws -> Duration? {
        var records: [TemplateRecord] = []
        var next = place
        var answer: SyncResponse
        var parts = 0
        repeat {
            answer = try await client.unary(.sync, SyncRequest(tree: next.tree, position: next.position))
            guard answer.tree != templates.tree else { return nil }
            next = Place(tree: answer.tree, position: answer.position)
            records += answer.records
            parts += 1
        } while answer.hasMore && parts < Self.maxParts
        let started = ContinuousClock.now
        if !(await templates.merge(records, from: answer.replica)) {
            logger.error(
                "a peer counts under this parser's name, as after a snapshot was copied; this one has a new name now",
                metadata: ["peer": "\(address)", "name": "\(answer.replica)"])
        }
        place = next
        metrics.pulled(records.count, from: address)
        return ContinuousClock.now - started
    }
}
