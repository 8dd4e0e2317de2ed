import Synchronization

/// A number, or one for each combination of label values, that only grows.
public final class Counter: MetricFamily {
    let description: MetricDescription
    private let values: Mutex<[[String]: Double]>

    init(_ description: MetricDescription) {
        self.description = description
        values = Mutex(description.labels.isEmpty ? [[]: 0] : [:])
    }

    /// - Parameter labels: one value for each label, in the order of their names.
    public func add(_ amount: Double = 1, labels: [String] = []) {
        precondition(amount >= 0, "the counter \(description.name) cannot shrink by \(-amount)")
        description.check(labels)
        values.withLock { $0[labels, default: 0] += amount }
    }

    /// The sum over all combinations of label values.
    public var total: Double { values.withLock { $0.values.reduce(0, +) } }

    func value(labels: [String] = []) -> Double { values.withLock { $0[labels] ?? 0 } }

    func write(to text: inout PrometheusText) { text.write(description, values.withLock { $0 }) }
}

/// A number, or one for each combination of label values, that goes up and down.
public final class Gauge: MetricFamily {
    let description: MetricDescription
    private let values: Mutex<[[String]: Double]>

    init(_ description: MetricDescription) {
        self.description = description
        values = Mutex(description.labels.isEmpty ? [[]: 0] : [:])
    }

    /// - Parameter labels: one value for each label, in the order of their names.
    public func add(_ amount: Double, labels: [String] = []) {
        description.check(labels)
        values.withLock { $0[labels, default: 0] += amount }
    }

    /// - Parameter labels: one value for each label, in the order of their names.
    public func set(_ value: Double, labels: [String] = []) {
        description.check(labels)
        values.withLock { $0[labels] = value }
    }

    func value(labels: [String] = []) -> Double { values.withLock { $0[labels] ?? 0 } }

    func write(to text: inout PrometheusText) { text.write(description, values.withLock { $0 }) }
}

/// A number that is asked for whenever the page is read.
final class ObservedMetric: MetricFamily {
    let description: MetricDescription
    private let read: @Sendable () -> Double?

    init(_ description: MetricDescription, read: @escaping @Sendable () -> Double?) {
        self.description = description
        self.read = read
    }

    func write(to text: inout PrometheusText) {
        if let value = read() { text.write(description, [[]: value]) }
    }
}

extension PrometheusText {
    /// One line for each combination of label values, in their order.
    mutating func write(_ metric: MetricDescription, _ values: [[String]: Double]) {
        guard !values.isEmpty else { return }
        begin(metric)
        for (labels, value) in values.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            sample(metric.name, labels: metric.paired(with: labels), value: value)
        }
    }
}
