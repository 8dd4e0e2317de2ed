/// One way in which the lines of a format look, ready to be tried.
struct Candidate: BitwiseCopyable {
    /// The position of the format in the library.
    var format: Int
    /// How its pattern begins, and where its program goes on; nil for JSON and logfmt, which have a reader of their own.
    var stem: Stem?
    var entry = -1
    var reader: FormatDefinition.Reader
    var priority: Int
    /// In bits; see `PatternNode.evidence`.
    var evidence: Float
}

/// What reading a line of a format needs of it.
struct CompiledFormat: BitwiseCopyable {
    var columnCount: Int
    /// The column of the message; -1 where the format has none.
    var contentSlot: Int
    /// Where its columns by role, time stamp steps and own level names are in the tables.
    var firstRole: Int
    var firstStep: Int
    var stepCount: Int
    var firstLevel: Int
    var levelCount: Int
}

/// A level's spelling, in the literal pool, and its severity number.
struct LevelName: BitwiseCopyable {
    var offset: Int32
    var count: Int32
    var number: UInt8
}

/// The programs, tables and index of a library's formats, none of which holds a reference: what matching looks at for
/// every line costs no counting.
struct FormatTables: BitwiseCopyable {
    var program: ProgramView
    var stems: StemView
    /// In the order they are tried.
    var candidates: UnsafePointer<Candidate>
    /// The first of `candidates` that is so general that comma-separated rows are tried before it.
    var firstGeneral: Int
    var formats: UnsafePointer<CompiledFormat>
    var roles: UnsafePointer<Int>
    var steps: UnsafePointer<TimestampRule.Step>
    var levels: UnsafePointer<LevelName>
    var layouts: UnsafePointer<CommaLayout>
    var layoutCount: Int
    var layoutColumns: UnsafePointer<CommaLayout.Column>
    /// For each place of a line's first bytes and each byte (256: the line has ended), the candidates it allows.
    var prefixes: UnsafePointer<UInt64>
    /// 64-bit words of one set of candidates.
    var maskWords: Int
}

/// Owns the tables of a library's formats.
// Proof of Sendable: every stored property is a `let`, and the memory behind the pointers is written by `init` alone.
final class CompiledFormats: @unchecked Sendable {
    /// Formats of a lower priority than this are so general that comma-separated rows are tried before them.
    static let generalPriority = 30

    let tables: FormatTables
    /// The header row of each comma-separated layout; empty where it has none.
    let headers: [[[UInt8]]]
    private let memory: [UnsafeMutableRawPointer]

    init(
        _ definitions: [(file: String, definition: FormatDefinition)], _ formats: [LogFormat]
    ) throws(FormatError) {
        var builder = ProgramBuilder()
        var stems = StemTree()
        var comma = CommaLayouts()
        var candidates: [(candidate: Candidate, prefix: PatternPrefix)] = []
        for (format, (file, definition)) in definitions.enumerated() {
            builder.begin(columns: definition.columns, sets: definition.sets)
            let patterns = try Self.patterns(of: definition, file: file)
            for nodes in patterns {
                let (stem, rest) = stems.add(builder.add(nodes), of: builder)
                let candidate = Candidate(
                    format: format, stem: stem, entry: rest, reader: .pattern, priority: definition.priority,
                    evidence: nodes.reduce(0) { $0 + $1.evidence })
                candidates.append((candidate, PatternPrefix(of: nodes[...], sets: definition.sets)))
            }
            if definition.reader != .pattern {
                let candidate = Candidate(
                    format: format, reader: definition.reader, priority: definition.priority, evidence: 20)
                candidates.append((candidate, definition.reader == .json ? .object : .key))
            }
            try comma.add(definition, format: format, patterns: patterns, file: file, builder: &builder)
        }
        candidates.sort { left, right in
            let (left, right) = (left.candidate, right.candidate)
            if left.priority != right.priority { return left.priority > right.priority }
            if left.evidence != right.evidence { return left.evidence > right.evidence }
            return (left.format, left.entry) < (right.format, right.entry)
        }

        var memory: [UnsafeMutableRawPointer] = []
        var compiled: [CompiledFormat] = []
        var roles: [Int] = []
        var steps: [TimestampRule.Step] = []
        var levels: [LevelName] = []
        var literals = builder.literals
        for format in formats {
            compiled.append(
                CompiledFormat(
                    columnCount: format.columns.count,
                    contentSlot: format.slots[LogFormat.Role.content.rawValue], firstRole: roles.count,
                    firstStep: steps.count, stepCount: format.timestamp.count, firstLevel: levels.count,
                    levelCount: format.levels.count))
            roles += format.slots
            steps += format.timestamp
            for level in format.levels {
                levels.append(
                    LevelName(
                        offset: Int32(literals.count), count: Int32(level.name.count), number: level.number))
                literals += level.name
            }
        }
        let words = max(1, (candidates.count + 63) / 64)
        tables = FormatTables(
            program: ProgramView(
                code: Self.copy(builder.code, &memory), literals: Self.copy(literals, &memory),
                stops: Self.copy(builder.stops, &memory), setIndex: Self.copy(builder.setIndex, &memory),
                members: Self.copy(builder.members, &memory)),
            stems: StemView(
                steps: Self.copy(stems.steps, &memory), stepCount: stems.steps.count,
                paths: Self.copy(stems.paths, &memory), captures: Self.copy(stems.captures, &memory)),
            candidates: Self.copy(candidates.map(\.candidate), &memory),
            firstGeneral: candidates.firstIndex { $0.candidate.priority < Self.generalPriority } ?? candidates.count,
            formats: Self.copy(compiled, &memory), roles: Self.copy(roles, &memory),
            steps: Self.copy(steps, &memory), levels: Self.copy(levels, &memory),
            layouts: Self.copy(comma.layouts, &memory), layoutCount: comma.layouts.count,
            layoutColumns: Self.copy(comma.columns, &memory),
            prefixes: Self.copy(Self.index(candidates.map(\.prefix), words: words), &memory), maskWords: words)
        headers = comma.headers
        self.memory = memory
    }

    deinit { for block in memory { block.deallocate() } }

    private static func copy<Element: BitwiseCopyable>(
        _ array: [Element], _ memory: inout [UnsafeMutableRawPointer]
    ) -> UnsafePointer<Element> {
        let block = UnsafeMutablePointer<Element>.allocate(capacity: max(1, array.count))
        block.initialize(from: array, count: array.count)
        memory.append(UnsafeMutableRawPointer(block))
        return UnsafePointer(block)
    }

    private static func index(_ prefixes: [PatternPrefix], words: Int) -> [UInt64] {
        var table = Array(repeating: UInt64(0), count: PatternPrefix.length * 257 * words)
        for (number, prefix) in prefixes.enumerated() {
            let bit = UInt64(1) << UInt64(number % 64)
            for place in 0..<PatternPrefix.length {
                let set = place < prefix.sets.count ? prefix.sets[place] : nil
                for byte in 0...256 where set.map({ byte < 256 && $0.contains(UInt8(byte)) }) ?? true {
                    table[(place * 257 + byte) * words + number / 64] |= bit
                }
            }
        }
        return table
    }

    private static func patterns(
        of definition: FormatDefinition, file: String
    ) throws(FormatError) -> [[PatternNode]] {
        if definition.patterns.isEmpty, definition.reader == .pattern {
            throw .malformed(file: file, place: ".patterns", reason: "there is no pattern")
        }
        var patterns: [[PatternNode]] = []
        for (index, text) in definition.patterns.enumerated() {
            let place = ".patterns[\(index)]"
            let nodes: [PatternNode]
            do {
                nodes = try PatternParser.parse(text)
            } catch {
                throw .badPattern(file: file, place: place, offset: error.offset, reason: error.reason)
            }
            for name in nodes.flatMap(\.names) where !definition.columns.contains(name) {
                throw .malformed(file: file, place: place, reason: "'\(name)' is not among the columns")
            }
            for set in nodes.flatMap(\.setNames) where definition.sets[set] == nil {
                throw .malformed(file: file, place: place, reason: "there is no set '\(set)'")
            }
            patterns.append(nodes)
        }
        return patterns
    }
}

extension PatternNode {
    /// The sets that this part refers to.
    fileprivate var setNames: [String] {
        switch self {
        case .literal, .space: []
        case .element(let element, _): element.setName.isEmpty ? [] : [element.setName]
        case .group(_, let body), .optional(let body): body.flatMap(\.setNames)
        case .alternatives(let branches): branches.flatMap { $0.flatMap(\.setNames) }
        }
    }
}
