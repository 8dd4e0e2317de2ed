/// A counter that each replica raises on its own; the merge takes the larger of each.
///
/// A replica has a new name after each start that cannot go on under the old one, so that names add up. Of more than
/// `maxReplicas` those with the largest counts are kept, and what the others counted is forgotten. Which they are depends
/// on the counts alone, so the merge stays commutative, associative and idempotent: an entry that once was not among the
/// largest never will be, as the others only grow.
public struct ReplicaCounts: Sendable, Hashable {
    public static let maxReplicas = 64

    /// By replica name.
    public private(set) var counts: [String: UInt64]

    public init(_ counts: [String: UInt64] = [:]) {
        self.counts = counts
        keepLargest()
    }

    public func merged(with other: ReplicaCounts) -> ReplicaCounts {
        ReplicaCounts(counts.merging(other.counts) { max($0, $1) })
    }

    public func total(without deleted: ReplicaCounts) -> UInt64 {
        counts.reduce(0) { $0 &+ ($1.value - min($1.value, deleted.counts[$1.key] ?? 0)) }
    }

    /// Sees to it that a replica has counted as much at least.
    public mutating func raise(_ replica: String, to count: UInt64) {
        counts[replica] = max(counts[replica] ?? 0, count)
        keepLargest()
    }

    /// Takes out what a replica counted.
    public mutating func remove(_ replica: String) -> UInt64? { counts.removeValue(forKey: replica) }

    private mutating func keepLargest() {
        guard counts.count > Self.maxReplicas else { return }
        let largest = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.maxReplicas)
        counts = Dictionary(uniqueKeysWithValues: largest.map { ($0.key, $0.value) })
    }
}
