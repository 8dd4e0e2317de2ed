import Foundation
import Logging
import ServiceKit
import ServiceLifecycle
import Synchronization

/// Asks every other replica in turns what changed in its live tree, so that all trees become one.
///
/// Host names among the peers are looked up again and again: replicas may come and go.
struct TemplateReplicator: Service {
    let peers: Replicas
    let interval: Duration
    let credentials: TLSCredentials
    let templates: LiveTemplates
    let metrics: SyncMetrics
    let logger: Logger

    private static let lookUpInterval = Duration.seconds(10)

    func run() async throws {
        // Ends with an error when the program does.
        try? await cancelWhenGracefulShutdown {
            let links = PeerLinks()
            try await withThrowingDiscardingTaskGroup { group in
                while true {
                    for address in links.begin(await lookUp()) {
                        group.addTask {
                            defer { links.end(address) }
                            try await PeerLink(
                                address: address, interval: interval, credentials: credentials, templates: templates,
                                metrics: metrics, logger: logger
                            ).run { links.isWanted(address) }
                        }
                    }
                    try await Task.sleep(for: Self.lookUpInterval)
                }
            }
        }
    }

    private func lookUp() async -> Set<Replicas.Address> {
        var found: Set<Replicas.Address> = []
        for peer in peers.addresses {
            do { found.formUnion(try await peer.lookUp()) } catch {
                logger.notice("cannot find a peer", error: error, metadata: ["peer": "\(peer)"])
            }
        }
        return found
    }
}

/// Which peers there are, and which of them are being asked.
private final class PeerLinks: Sendable {
    private struct State {
        var wanted: Set<Replicas.Address> = []
        var linked: Set<Replicas.Address> = []
    }

    private let state = Mutex(State())

    /// Those of the peers that nobody asks yet; they are taken as being asked from now on.
    func begin(_ peers: Set<Replicas.Address>) -> Set<Replicas.Address> {
        state.withLock { state in
            state.wanted = peers
            defer { state.linked.formUnion(peers) }
            return peers.subtracting(state.linked)
        }
    }

    func end(_ peer: Replicas.Address) { state.withLock { _ = $0.linked.remove(peer) } }

    func isWanted(_ peer: Replicas.Address) -> Bool { state.withLock { $0.wanted.contains(peer) } }
}

/// What is said of the exchange with other replicas in the metrics.
struct SyncMetrics: Sendable {
    private let pulls: Counter
    private let records: Counter

    init(_ registry: MetricsRegistry) {
        pulls = registry.counter(
            "tocsin_template_sync_total", help: "Times a peer was asked for its changed templates, by outcome.",
            labels: ["peer", "outcome"])
        records = registry.counter(
            "tocsin_template_sync_records_total", help: "Templates that peers answered.", labels: ["peer"])
    }

    func pulled(_ count: Int, from peer: Replicas.Address) {
        pulls.add(labels: ["\(peer)", "answered"])
        if count > 0 { records.add(Double(count), labels: ["\(peer)"]) }
    }

    func failed(_ peer: Replicas.Address) { pulls.add(labels: ["\(peer)", "failed"]) }
}
