import Synchronization

/// The metrics of one process, in the order in which they were made, and their page in Prometheus' text format.
public final class MetricsRegistry: Sendable {
    private let families = Mutex<[any MetricFamily]>([])

    public init() {}

    /// A number that only grows; its name ends in `_total` by convention.
    public func counter(_ name: String, help: String, labels: [String] = []) -> Counter {
        register(Counter(MetricDescription(name: name, help: help, kind: .counter, labels: labels)))
    }

    /// A number that goes up and down.
    public func gauge(_ name: String, help: String, labels: [String] = []) -> Gauge {
        register(Gauge(MetricDescription(name: name, help: help, kind: .gauge, labels: labels)))
    }

    /// A number that is asked for whenever the page is read; left out while `read` gives nil.
    public func observed(
        _ name: String, help: String, kind: MetricKind = .gauge, read: @escaping @Sendable () -> Double?
    ) {
        _ = register(ObservedMetric(MetricDescription(name: name, help: help, kind: kind, labels: []), read: read))
    }

    /// How often values fell below each of the `buckets`, which ascend.
    public func histogram(_ name: String, help: String, labels: [String] = [], buckets: [Double]) -> Histogram {
        register(
            Histogram(MetricDescription(name: name, help: help, kind: .histogram, labels: labels), buckets: buckets))
    }

    /// The whole page, as Prometheus reads it (text format 0.0.4).
    public func page() -> String {
        var text = PrometheusText()
        for family in families.withLock({ $0 }) { family.write(to: &text) }
        return text.page
    }

    private func register<Family: MetricFamily>(_ family: Family) -> Family {
        families.withLock { families in
            precondition(
                !families.contains { $0.description.name == family.description.name },
                "the metric \(family.description.name) is registered twice")
            families.append(family)
        }
        return family
    }
}

/// What Prometheus calls the type of a metric.
public enum MetricKind: String, Sendable {
    case counter, gauge, histogram
}

/// What is the same for all samples of a metric.
struct MetricDescription: Sendable {
    let name: String
    let help: String
    let kind: MetricKind
    /// The names of the labels; each sample has one value for each.
    let labels: [String]
}

protocol MetricFamily: Sendable {
    var description: MetricDescription { get }
    func write(to text: inout PrometheusText)
}
