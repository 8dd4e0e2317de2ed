/// Writes samples in Prometheus' text exposition format, version 0.0.4.
struct PrometheusText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var page = ""

    mutating func begin(_ metric: MetricDescription) {
        page += "# HELP \(metric.name) \(Self.escaped(metric.help, quotes: false))\n"
        page += "# TYPE \(metric.name) \(metric.kind.rawValue)\n"
    }

    mutating func sample(_ name: String, labels: some Sequence<(name: String, value: String)>, value: Double) {
        let list = labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }.joined(separator: ",")
        page += list.isEmpty ? name : "\(name){\(list)}"
        page += " \(Self.number(value))\n"
    }

    /// Whole numbers without a fraction; the infinities as Prometheus spells them.
    static func number(_ value: Double) -> String {
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value.isNaN { return "NaN" }
        return Int64(exactly: value).map(String.init) ?? String(value)
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension MetricDescription {
    /// The label names with the values of one sample.
    func paired(with values: [String]) -> [(name: String, value: String)] {
        zip(labels, values).map { (name: $0, value: $1) }
    }

    func check(_ values: [String]) {
        precondition(
            values.count == labels.count, "\(name) has the labels \(labels), the sample has the values \(values)")
    }
}
