/// A compiled log format: what its file says, with names turned into positions.
public struct LogFormat: Sendable {
    /// The log type that its lines are given.
    public let name: String
    /// One sentence: which programs write it.
    public let about: String
    /// The columns that `fields` mirrors, in order.
    public let columns: [String]

    /// What a column is to every reader, whatever its name.
    public enum Role: Int, CaseIterable, Sendable {
        case host, component, processID, level, content, priority

        /// The member of a format file's `roles`.
        var key: String {
            switch self {
            case .host: "host"
            case .component: "component"
            case .processID: "pid"
            case .level: "level"
            case .content: "content"
            case .priority: "priority"
            }
        }
    }

    let reader: FormatDefinition.Reader
    /// For each column the keys that it takes its value from, best first and in lower case; last those of an error.
    let keys: [[[UInt8]]]
    let samples: [FormatDefinition.Sample]
    let timestamp: [TimestampRule.Step]
    /// Level spellings of this format alone and their severity numbers.
    let levels: [(name: [UInt8], number: UInt8)]
    /// The column of each role by raw value; -1 where the format has none.
    let slots: [Int]

    init(_ definition: FormatDefinition, file: String) throws(FormatError) {
        name = definition.name
        about = definition.about
        columns = definition.columns
        reader = definition.reader
        for column in definition.keys.keys.sorted() where column != "error" && !definition.columns.contains(column) {
            throw .malformed(file: file, place: ".keys.\(column)", reason: "there is no column '\(column)'")
        }
        keys = (definition.columns + ["error"]).map { column in
            (definition.keys[column] ?? []).map { Array($0.lowercased().utf8) }
        }
        samples = definition.samples
        guard definition.columns.count <= LineMatcher.columnLimit else {
            throw .malformed(
                file: file, place: ".columns",
                reason: "\(definition.columns.count) columns; at most \(LineMatcher.columnLimit) are allowed")
        }
        func slot(_ column: String, place: String) throws(FormatError) -> Int {
            guard let slot = definition.columns.firstIndex(of: column) else {
                throw .malformed(file: file, place: place, reason: "there is no column '\(column)'")
            }
            return slot
        }
        var slots = Array(repeating: -1, count: Role.allCases.count)
        for (key, column) in definition.roles.sorted(by: { $0.key < $1.key }) {
            guard let role = Role.allCases.first(where: { $0.key == key }) else {
                let known = Role.allCases.map(\.key).joined(separator: ", ")
                throw .malformed(file: file, place: ".roles.\(key)", reason: "no such role; known are \(known)")
            }
            slots[role.rawValue] = try slot(column, place: ".roles.\(key)")
        }
        slots[Role.content.rawValue] = definition.contentColumn ?? -1
        self.slots = slots
        var steps: [TimestampRule.Step] = []
        for (index, part) in definition.timestamp.enumerated() {
            guard let tokens = TimestampRule.tokens(of: part.layout) else {
                throw .malformed(
                    file: file, place: ".timestamp[\(index)].layout", reason: "unknown letters in '\(part.layout)'")
            }
            let column = try slot(part.column, place: ".timestamp[\(index)].column")
            steps += tokens.map { TimestampRule.Step(slot: column, token: $0) }
        }
        timestamp = steps
        var levels: [(name: [UInt8], number: UInt8)] = []
        for (level, number) in definition.levels.sorted(by: { $0.key < $1.key }) {
            guard let number = UInt8(exactly: number), (1...24).contains(number) else {
                throw .malformed(
                    file: file, place: ".levels.\(level)",
                    reason: "\(number) is no OpenTelemetry severity number; use 1 to 24")
            }
            levels.append((Array(level.utf8), number))
        }
        self.levels = levels
    }
}
