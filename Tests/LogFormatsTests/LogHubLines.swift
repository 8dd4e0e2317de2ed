import Foundation

/// The lines of the LogHub samples with the columns that their structured files give.
struct LogHubLines {
    struct Line {
        var logType: String
        var text: String
        /// From the first column of the header to `Content`.
        var fields: [(name: String, value: String)]
        /// The whole row of the structured file.
        var row: [String]
    }

    static let logTypes = [
        "Android", "Apache", "BGL", "HDFS", "HPC", "Hadoop", "HealthApp", "Linux", "Mac", "OpenSSH", "OpenStack",
        "Proxifier", "Spark", "Thunderbird", "Windows", "Zookeeper",
    ]

    /// Where the data sets are, or nil where this machine has none.
    static let directory = ProcessInfo.processInfo.environment["TOCSIN_DATASETS"].map {
        URL(fileURLWithPath: $0).appendingPathComponent("loghub_2k")
    }

    /// All lines of all sources, shuffled by `seed`.
    static func load(seed: UInt64) throws -> [Line] {
        guard let directory else { return [] }
        var lines: [Line] = []
        for logType in logTypes {
            let texts = try read(directory.appendingPathComponent("\(logType)_2k.log"))
                .split(separator: "\n", omittingEmptySubsequences: true)
            let rows = cut(try read(directory.appendingPathComponent("\(logType)_2k.log_structured.csv")))
            guard let header = rows.first, let last = header.firstIndex(of: "Content") else { continue }
            for (text, row) in zip(texts, rows.dropFirst()) {
                let fields = (1...last).map { (name: header[$0], value: row[$0]) }
                lines.append(Line(logType: logType, text: String(text), fields: fields, row: row))
            }
        }
        var random = SeededRandom(state: seed)
        return lines.shuffled(using: &random)
    }

    /// A file's text with its line ends made `\n`.
    private static func read(_ url: URL) throws -> String {
        String(decoding: try Data(contentsOf: url), as: UTF8.self).replacingOccurrences(of: "\r\n", with: "\n")
    }

    /// The rows of a file of comma-separated values, as RFC 4180 writes them.
    static func cut(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var value: [UInt8] = []
        var isQuoted = false
        var bytes = Array(text.utf8)[...]
        while let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "\"") where isQuoted && bytes.first == byte:
                // Two quotes within a quoted value are one.
                bytes.removeFirst()
                value.append(byte)
            case UInt8(ascii: "\""):
                isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted, UInt8(ascii: "\n") where !isQuoted:
                row.append(String(decoding: value, as: UTF8.self))
                value = []
                if byte == UInt8(ascii: "\n") {
                    rows.append(row)
                    row = []
                }
            default: value.append(byte)
            }
        }
        if !row.isEmpty { rows.append(row + [String(decoding: value, as: UTF8.self)]) }
        return rows
    }

    /// The row of `values`, quoted where it has to be.
    static func join(_ values: some Sequence<String>) -> String {
        values.map { value in
            value.contains(",") || value.contains("\"")
                ? "\"" + value.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : value
        }.joined(separator: ",")
    }
}

/// SplitMix64: the same numbers on every run.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
