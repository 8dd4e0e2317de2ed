/// Puts other hosts, dates and process ids into LogHub lines: what detection finds must not hang on the sample's own.
struct LogHubReplacement {
    private var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(state: seed) }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    /// Columns that hold a host.
    private static let hostColumns: [String: Set<String>] = [
        "Linux": ["Level"], "OpenSSH": ["Component"], "Mac": ["User"], "Thunderbird": ["User"], "HPC": ["Node"],
        "BGL": ["Node"],
    ]

    mutating func replace(_ line: LogHubLines.Line) -> LogHubLines.Line {
        var line = line
        let old = line.fields
        var oldHost = ""
        var newHost = ""
        for index in line.fields.indices {
            let name = line.fields[index].name
            let value = line.fields[index].value
            if value.isEmpty { continue }
            if Self.hostColumns[line.logType]?.contains(name) == true {
                oldHost = value
                newHost = host()
                line.fields[index].value = newHost
            } else if name == "NodeRepeat" {
                line.fields[index].value = newHost
            } else if name == "Location" {
                line.fields[index].value = value.split(separator: oldHost, omittingEmptySubsequences: false)
                    .joined(separator: newHost)
            } else if ["Pid", "PID", "Tid"].contains(name), !(line.logType == "Mac" && value == "0") {
                line.fields[index].value = "\(number(1...99_999))"
            } else if let date = date(line.logType, name, value) {
                line.fields[index].value = date
            }
        }
        line.text = Self.substitute(old, line.fields, in: line.text)
        return line
    }

    /// The text with each old value, found one after the other from the left, replaced by the new one.
    private static func substitute(
        _ old: [(name: String, value: String)], _ new: [(name: String, value: String)], in text: String
    ) -> String {
        var rest = Substring(text)
        var result = ""
        for (old, new) in zip(old, new) where !old.value.isEmpty {
            guard let range = rest.firstRange(of: old.value) else { return text }
            result += rest[..<range.lowerBound] + new.value
            rest = rest[range.upperBound...]
        }
        return result + rest
    }

    private mutating func date(_ logType: String, _ column: String, _ value: String) -> String? {
        let year = number(1990...2035)
        let month = number(1...12)
        let day = number(1...28)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let clock = "\(two(number(0...23))):\(two(number(0...59))):\(two(number(0...59)))"
        switch (logType, column) {
        case ("Android", "Date"): return "\(two(month))-\(two(day))"
        case ("Hadoop", "Date"), ("OpenStack", "Date"), ("Windows", "Date"), ("Zookeeper", "Date"):
            return "\(year)-\(two(month))-\(two(day))"
        case ("HDFS", "Date"): return "\(two(year % 100))\(two(month))\(two(day))"
        case ("Spark", "Date"): return "\(two(year % 100))/\(two(month))/\(two(day))"
        case ("HealthApp", "Time"): return "\(year)\(two(month))\(two(day))" + value.dropFirst(8)
        case ("Apache", "Time"):
            return "\(Self.weekdays[day % 7]) \(Self.months[month - 1]) \(two(day)) \(clock) \(year)"
        case ("Proxifier", "Time"): return "\(two(month)).\(two(day)) \(clock)"
        case ("BGL", "Date"), ("Thunderbird", "Date"): return "\(year).\(two(month)).\(two(day))"
        case ("BGL", "Time"): return "\(year)-\(two(month))-\(two(day))" + value.dropFirst(10)
        case ("BGL", "Timestamp"), ("Thunderbird", "Timestamp"), ("HPC", "Time"):
            return "\(number(1_000_000_000...1_999_999_999))"
        case ("Linux", "Month"), ("Mac", "Month"), ("Thunderbird", "Month"), ("OpenSSH", "Date"):
            return Self.months[month - 1]
        case ("Linux", "Date"), ("Mac", "Date"), ("Thunderbird", "Day"), ("OpenSSH", "Day"): return "\(day)"
        default: return nil
        }
    }

    private mutating func host() -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        let parts = (0..<number(1...3)).map { _ in
            String((0..<number(2...8)).map { _ in letters[number(0...letters.count - 1)] })
        }
        // No host is called like a level.
        return "h" + parts.joined(separator: Bool.random(using: &random) ? "-" : ".")
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
}
