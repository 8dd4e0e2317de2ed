/// The bytes that may stand at each of the first places of a match: what the index over all patterns is made of.
struct PatternPrefix: Sendable {
    /// How many places the index looks at.
    static let length = 12

    /// `sets[i]` holds every byte that may stand at place `i`; places beyond its end may hold any byte.
    private(set) var sets: [ByteSet] = []

    /// A superset of the prefixes of the matches of `nodes`.
    init(of nodes: ArraySlice<PatternNode>, sets members: [String: [String]]) {
        guard let node = nodes.first else { return }
        let following = nodes.dropFirst()
        switch node {
        case .literal(let bytes):
            self.sets = bytes.map { ByteSet([$0]) }
            append(PatternPrefix(of: following, sets: members))
        case .space:
            // It may be longer than one byte, or nothing before the rest of the line.
            if following.first.map(Self.isRest) != true { self.sets = [.white] }
        case .element(let element, _):
            let (shape, isFixed) = element.prefix(members: members)
            self.sets = shape
            if isFixed { append(PatternPrefix(of: following, sets: members)) }
        case .group(_, let body):
            self = PatternPrefix(of: body + following, sets: members)
        case .optional(let body):
            self = PatternPrefix(of: body + following, sets: members)
            formUnion(PatternPrefix(of: following, sets: members))
        case .alternatives(let branches):
            self = PatternPrefix(of: branches[0] + following, sets: members)
            for branch in branches.dropFirst() { formUnion(PatternPrefix(of: branch + following, sets: members)) }
        }
        if sets.count > Self.length { sets.removeLast(sets.count - Self.length) }
    }

    /// Of a JSON object.
    static let object = PatternPrefix(of: [.literal([UInt8(ascii: "{")])][...], sets: [:])
    /// Of a key of logfmt.
    static let key = PatternPrefix(sets: [.letters.union(ByteSet("_@"))])

    private init(sets: [ByteSet]) { self.sets = sets }

    /// The bytes that may begin a match of `nodes`.
    static func firstBytes(of nodes: ArraySlice<PatternNode>, sets: [String: [String]]) -> ByteSet {
        PatternPrefix(of: nodes, sets: sets).sets.first ?? .all
    }

    static func isRest(_ node: PatternNode) -> Bool {
        if case .element(let element, _) = node { element.kind == .rest } else { false }
    }

    private mutating func append(_ other: PatternPrefix) {
        sets += other.sets.prefix(max(0, Self.length - sets.count))
    }

    private mutating func formUnion(_ other: PatternPrefix) {
        sets = zip(sets, other.sets).map { $0.union($1) }
    }
}

extension PatternPrefix {
    fileprivate init(of nodes: [PatternNode], sets: [String: [String]]) { self.init(of: nodes[...], sets: sets) }
}

extension PatternElement {
    /// The sets of the first bytes, and whether a match is exactly as long as they are.
    fileprivate func prefix(members: [String: [String]]) -> (sets: [ByteSet], isFixed: Bool) {
        let digit = ByteSet.digits
        let notWhite = ByteSet.all.subtracting(.white)
        switch kind {
        case .word, .host, .name: return ([notWhite], false)
        case .text: return ([.all], false)
        case .rest, .notSet: return ([], false)
        case .integer: return ([digit], false)
        case .signed: return ([digit.union(ByteSet("-"))], false)
        case .digits: return (Array(repeating: digit, count: Int(argument)), true)
        case .hex: return ([digit.union(ByteSet("abcdefABCDEF"))], false)
        case .until: return ([ByteSet.all.subtracting(ByteSet([argument]))], false)
        case .quoted: return ([ByteSet("\"")], false)
        case .month: return ([ByteSet("JFMASOND"), ByteSet("aepuco"), ByteSet("nbrylgptvc")], true)
        case .weekday: return ([ByteSet("MTWFS"), ByteSet("ouehra"), ByteSet("neduit")], true)
        case .day: return ([digit], false)
        case .year: return (Array(repeating: digit, count: 4), true)
        case .clock: return ([digit, digit, ByteSet(":"), digit, digit, ByteSet(":"), digit, digit], false)
        case .date, .dateTime, .isoTime:
            let separator = ByteSet("-/.")
            let date = [digit, digit, digit, digit, separator, digit, digit, separator, digit, digit]
            return kind == .date
                ? (date, true) : (date + [ByteSet(kind == .isoTime ? "T" : "T _"), digit], false)
        case .brackets: return ([ByteSet("[")], false)
        case .level: return ([.letters], false)
        case .set:
            return ([ByteSet((members[setName] ?? []).compactMap { $0.utf8.first })], false)
        case .appName: return ([ByteSet(UInt8(ascii: "A")...UInt8(ascii: "Z"))], false)
        }
    }
}
