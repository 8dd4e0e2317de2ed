public import TocsinCore

/// The 16 systems of LogHub, 2,000 raw lines each, labelled by their event templates.
public struct LogHub: Sendable {
    /// One event template of the parsing ground truth.
    public struct Template: Sendable, Hashable {
        /// `source/event id`.
        public var id: String
        public var source: String
        /// With `<*>` for its variable parts, as LogHub writes it.
        public var text: String
        public var label: AnomalyClass
    }

    public static let sources = [
        "Android", "Apache", "BGL", "HDFS", "HPC", "Hadoop", "HealthApp", "Linux", "Mac", "OpenSSH", "OpenStack",
        "Proxifier", "Spark", "Thunderbird", "Windows", "Zookeeper",
    ]

    /// All lines of all sources, in their order.
    public private(set) var lines: [LabelledLine] = []
    /// The templates that occur, in the order of their first lines.
    public private(set) var templates: [Template] = []

    init(lines: [LabelledLine], templates: [Template]) {
        self.lines = lines
        self.templates = templates
    }

    /// Reads LogHub and the labels of its templates.
    ///
    /// - Parameters:
    ///   - directory: holds `<source>_2k.log` and `<source>_2k.log_structured.csv`.
    ///   - labels: a table of source, event id, class index, class name and confidence.
    public init(directory: String, labels: String) throws(DataError) {
        let labelOfTemplate = try Self.readLabels(labels)
        for source in Self.sources {
            try read(source, in: directory, labelOfTemplate: labelOfTemplate)
        }
    }

    private mutating func read(
        _ source: String, in directory: String, labelOfTemplate: [String: AnomalyClass]
    ) throws(DataError) {
        let raw = try TextFile("\(directory)/\(source)_2k.log")
        let table = try TextFile("\(directory)/\(source)_2k.log_structured.csv")
        guard raw.lines.count == table.lines.count - 1 else {
            throw .mismatch(
                path: table.path, reason: "\(table.lines.count - 1) rows for \(raw.lines.count) lines of '\(raw.path)'")
        }
        let header = try table.commaSeparated(0)
        guard let idColumn = header.firstIndex(of: "EventId"),
            let textColumn = header.firstIndex(of: "EventTemplate")
        else { throw table.malformed(0, "there are no columns EventId and EventTemplate") }

        var known = Set<String>()
        for (index, line) in raw.lines.enumerated() {
            let row = try table.commaSeparated(index + 1)
            guard row.count == header.count else {
                throw table.malformed(index + 1, "\(row.count) fields in place of \(header.count)")
            }
            let id = "\(source)/\(row[idColumn])"
            guard let label = labelOfTemplate[id] else {
                throw .mismatch(path: table.path, reason: "event \(id) has no label")
            }
            if known.insert(id).inserted {
                templates.append(Template(id: id, source: source, text: row[textColumn], label: label))
            }
            lines.append(
                LabelledLine(line: Array(line), label: label, origin: .loghub, system: source, templateID: id))
        }
    }

    private static func readLabels(_ path: String) throws(DataError) -> [String: AnomalyClass] {
        let table = try TextFile(path)
        var labels: [String: AnomalyClass] = [:]
        for index in table.lines.indices.dropFirst() {
            let fields = try table.tabSeparated(index, count: 5)
            guard let label = Int(String(bytes: fields[2])).flatMap(AnomalyClass.init) else {
                throw table.malformed(index, "'\(String(bytes: fields[2]))' is no class index")
            }
            labels["\(String(bytes: fields[0]))/\(String(bytes: fields[1]))"] = label
        }
        return labels
    }
}
