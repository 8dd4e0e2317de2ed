internal import ServiceKit
internal import TocsinCore
internal import WireMessages

/// What is known of one replica of a tier at a moment.
struct ReplicaReport: Sendable {
    /// As this edge's client knows it.
    let status: ReplicaStatus
    /// What the replica says of its queue; nil where it has none, or did not answer.
    let queue: TierQueue?
}

/// Finds out what a tier's replicas do now.
typealias ReplicaWatch = @Sendable () async -> [ReplicaReport]

extension TierClient {
    /// Asks each replica of the tier.
    func replicaReports(of service: String) async -> [ReplicaReport] {
        let infos = await unaryOnConnectedReplicas(.info(of: service), InfoRequest())
        return replicaStatus.map { ReplicaReport(status: $0, queue: infos[$0.address]?.queue) }
    }
}
