/// What is counted of every call, under the names that other gRPC servers use.
struct RPCMetrics: Sendable {
    private let inFlight: Gauge
    private let handled: Counter
    private let seconds: Histogram
    private let items: Counter

    init(_ registry: MetricsRegistry) {
        inFlight = registry.gauge(
            "grpc_server_in_flight", help: "Calls that are being answered.", labels: ["grpc_service", "grpc_method"])
        handled = registry.counter(
            "grpc_server_handled_total", help: "Calls that ended, by status code.",
            labels: ["grpc_service", "grpc_method", "grpc_code"])
        seconds = registry.histogram(
            "grpc_server_handling_seconds", help: "Time from a call's first byte to its status.",
            labels: ["grpc_service", "grpc_method"], buckets: Histogram.latencyBuckets)
        items = registry.counter(
            "tocsin_items_total", help: "Lines, texts or rows that were answered, by outcome.",
            labels: ["grpc_service", "grpc_method", "outcome"])
    }

    func began(_ call: CallContext) {
        inFlight.add(1, labels: [call.service, call.method])
    }

    func ended(_ call: CallContext, code: String, duration: Duration) {
        inFlight.add(-1, labels: [call.service, call.method])
        handled.add(labels: [call.service, call.method, code])
        seconds.observe(duration / .seconds(1), labels: [call.service, call.method])
    }

    func countItems(_ call: CallContext, answered: Int, failed: Int) {
        if answered > 0 { items.add(Double(answered), labels: [call.service, call.method, "answered"]) }
        if failed > 0 { items.add(Double(failed), labels: [call.service, call.method, "failed"]) }
    }
}
