/// One way in which the lines of a format look, ready to be tried.
struct Candidate: Sendable {
    /// The position of the format in the library.
    var format: Int
    /// Where its program begins; -1 for JSON and logfmt, which have a reader of their own.
    var entry: Int
    var reader: FormatDefinition.Reader
    var priority: Int
    /// In bits; see `PatternNode.evidence`.
    var evidence: Float
}

/// The programs, tables and index of a library's formats.
///
/// Its memory is filled once, while it is built, and only read from then on.
// Proof of Sendable: every stored property is a `let`, and the memory behind the pointers is written by `init` alone.
final class CompiledFormats: @unchecked Sendable {
    /// Formats of a lower priority than this are so general that comma-separated rows are tried before them.
    static let generalPriority = 30

    /// In the order they are tried.
    let candidates: [Candidate]
    /// The first of `candidates` that is so general that comma-separated rows are tried before it.
    let firstGeneral: Int
    let commaLayouts: [CommaLayout]
    let program: ProgramView
    /// For each place of a line's first bytes and each byte (256: the line has ended), the candidates it allows.
    let prefixes: UnsafePointer<UInt64>
    /// 64-bit words of one set of candidates.
    let maskWords: Int
    private let memory: [UnsafeMutableRawPointer]

    init(_ definitions: [(file: String, definition: FormatDefinition)]) throws(FormatError) {
        var builder = ProgramBuilder()
        var candidates: [(Candidate, PatternPrefix)] = []
        var layouts: [CommaLayout] = []
        for (format, (file, definition)) in definitions.enumerated() {
            builder.begin(columns: definition.columns, sets: definition.sets)
            var patterns: [[PatternNode]] = []
            for (index, text) in definition.patterns.enumerated() {
                let nodes = try Self.parse(text, index: index, definition: definition, file: file)
                patterns.append(nodes)
                let candidate = Candidate(
                    format: format, entry: builder.add(nodes), reader: .pattern, priority: definition.priority,
                    evidence: nodes.reduce(0) { $0 + $1.evidence })
                candidates.append((candidate, PatternPrefix(of: nodes[...], sets: definition.sets)))
            }
            if definition.reader != .pattern {
                let candidate = Candidate(
                    format: format, entry: -1, reader: definition.reader, priority: definition.priority, evidence: 20)
                let first: PatternNode =
                    definition.reader == .json
                    ? .literal([UInt8(ascii: "{")]) : .element(PatternElement(kind: .word), name: nil)
                candidates.append((candidate, PatternPrefix(of: [first], sets: [:])))
            } else if patterns.isEmpty {
                throw .malformed(file: file, place: ".patterns", reason: "there is no pattern")
            }
            layouts += try CommaLayout.layouts(
                of: definition, format: format, patterns: patterns, file: file, builder: &builder)
        }
        candidates.sort { left, right in
            if left.0.priority != right.0.priority { return left.0.priority > right.0.priority }
            if left.0.evidence != right.0.evidence { return left.0.evidence > right.0.evidence }
            return (left.0.format, left.0.entry) < (right.0.format, right.0.entry)
        }
        self.candidates = candidates.map(\.0)
        firstGeneral = candidates.firstIndex { $0.0.priority < Self.generalPriority } ?? candidates.count
        commaLayouts = layouts

        let code = Self.copy(builder.code)
        let literals = Self.copy(builder.literals)
        let stops = Self.copy(builder.stops)
        let setIndex = Self.copy(builder.setIndex)
        let members = Self.copy(builder.members)
        program = ProgramView(
            code: UnsafePointer(code), literals: UnsafePointer(literals), stops: UnsafePointer(stops),
            setIndex: UnsafePointer(setIndex), members: UnsafePointer(members))
        maskWords = max(1, (candidates.count + 63) / 64)
        let table = Self.copy(Self.index(candidates.map(\.1), words: maskWords))
        prefixes = UnsafePointer(table)
        memory = [
            UnsafeMutableRawPointer(code), UnsafeMutableRawPointer(literals), UnsafeMutableRawPointer(stops),
            UnsafeMutableRawPointer(setIndex), UnsafeMutableRawPointer(members), UnsafeMutableRawPointer(table),
        ]
    }

    deinit { for block in memory { block.deallocate() } }

    private static func copy<Element: BitwiseCopyable>(_ array: [Element]) -> UnsafeMutablePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, array.count))
        memory.initialize(from: array, count: array.count)
        return memory
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

    private static func parse(
        _ text: String, index: Int, definition: FormatDefinition, file: String
    ) throws(FormatError) -> [PatternNode] {
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
        return nodes
    }
}

extension PatternNode {
    /// The sets that this part refers to.
    fileprivate var setNames: [String] {
        switch self {
        case .literal, .space: []
        case .element(let element, _): element.kind == .set ? [element.setName] : []
        case .group(_, let body), .optional(let body): body.flatMap(\.setNames)
        case .alternatives(let branches): branches.flatMap { $0.flatMap(\.setNames) }
        }
    }
}
