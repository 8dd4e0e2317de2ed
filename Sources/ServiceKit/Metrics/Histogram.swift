import Synchronization

/// How often values fell below given bounds, for each combination of label values.
public final class Histogram: MetricFamily {
    /// Bounds in seconds for calls that take from a fraction of a millisecond to half a minute.
    public static let latencyBuckets = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
    ]

    struct Observations {
        /// One count for each bucket, not yet summed up; the last is for what exceeds all bounds.
        var counts: [UInt64]
        var sum = 0.0
    }

    let description: MetricDescription
    private let buckets: [Double]
    private let values = Mutex<[[String]: Observations]>([:])

    init(_ description: MetricDescription, buckets: [Double]) {
        precondition(
            zip(buckets, buckets.dropFirst()).allSatisfy(<),
            "the buckets of \(description.name) must ascend: \(buckets)")
        self.description = description
        self.buckets = buckets
    }

    /// - Parameter labels: one value for each label, in the order of their names.
    public func observe(_ value: Double, labels: [String] = []) {
        description.check(labels)
        let bucket = buckets.firstIndex { value <= $0 } ?? buckets.count
        values.withLock {
            let empty = Observations(counts: Array(repeating: 0, count: buckets.count + 1))
            $0[labels, default: empty].counts[bucket] += 1
            $0[labels, default: empty].sum += value
        }
    }

    func count(labels: [String] = []) -> UInt64 { values.withLock { $0[labels]?.counts.reduce(0, +) ?? 0 } }

    /// The value that a share of all observations, whatever their labels, do not exceed, as Prometheus' `histogram_quantile`
    /// estimates it: evenly spread within a bucket, and the greatest bound beyond that; nil where there are none.
    public func quantile(_ share: Double) -> Double? {
        precondition((0...1).contains(share), "a share is between 0 and 1, not \(share)")
        let counts = values.withLock { values in
            values.values.reduce(into: Array(repeating: UInt64(0), count: buckets.count + 1)) { sums, observed in
                for (bucket, count) in observed.counts.enumerated() { sums[bucket] += count }
            }
        }
        let rank = share * Double(counts.reduce(0, +))
        var below = 0.0
        for (bucket, count) in counts.enumerated() where count > 0 {
            let upTo = below + Double(count)
            guard upTo >= rank else {
                below = upTo
                continue
            }
            guard bucket < buckets.count else { return buckets.last }
            let start = bucket == 0 ? 0 : buckets[bucket - 1]
            return start + (buckets[bucket] - start) * (rank - below) / Double(count)
        }
        return nil
    }

    func write(to text: inout PrometheusText) {
        let values = values.withLock { $0 }
        guard !values.isEmpty else { return }
        text.begin(description)
        for (labels, observations) in values.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            let paired = description.paired(with: labels)
            var total: UInt64 = 0
            for (bound, count) in zip(buckets + [.infinity], observations.counts) {
                total += count
                text.sample(
                    "\(description.name)_bucket", labels: paired + [(name: "le", value: PrometheusText.number(bound))],
                    value: Double(total))
            }
            text.sample("\(description.name)_sum", labels: paired, value: observations.sum)
            text.sample("\(description.name)_count", labels: paired, value: Double(total))
        }
    }
}
