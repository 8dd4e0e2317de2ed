/// A format's columns as a comma-separated row, the way structured log files write them.
struct CommaLayout: Sendable {
    struct Column: Sendable {
        /// The column of the format.
        var slot: Int
        /// The program that checks a value; -1 where any text will do.
        var check: Int
        var mayBeEmpty: Bool
        /// Words that tell this format from another with the same shape.
        var vocabulary: [[UInt8]]
    }

    /// The position of the format in the library.
    var format: Int
    var columns: [Column]
    /// The header row's names.
    var names: [[UInt8]]
    var priority: Int
    /// In bits; see `PatternNode.evidence`.
    var evidence: Float

    /// The layouts that a format's file lists.
    static func layouts(
        of definition: FormatDefinition, format: Int, patterns: [[PatternNode]], file: String,
        builder: inout ProgramBuilder
    ) throws(FormatError) -> [CommaLayout] {
        // The first pattern that has a column says what it may hold; a column may be empty where a pattern can go without.
        var bodies: [String: [PatternNode]] = [:]
        var required = Set(definition.columns)
        for pattern in patterns {
            var captures: [String: (body: [PatternNode], isOptional: Bool)] = [:]
            for node in pattern { node.collectCaptures(isOptional: false, into: &captures) }
            bodies.merge(captures.mapValues(\.body)) { first, _ in first }
            required.formIntersection(captures.filter { !$0.value.isOptional }.keys)
        }
        var layouts: [CommaLayout] = []
        for (index, names) in definition.commaLayouts.enumerated() {
            var columns: [Column] = []
            var evidence: Float = 0
            for name in names {
                guard let slot = definition.columns.firstIndex(of: name) else {
                    throw .malformed(
                        file: file, place: ".commaLayouts[\(index)]", reason: "there is no column '\(name)'")
                }
                let body = bodies[name] ?? []
                let isFree = body.allSatisfy(\.isFreeText)
                columns.append(
                    Column(
                        slot: slot, check: isFree ? -1 : builder.add(body),
                        mayBeEmpty: !required.contains(name),
                        vocabulary: (definition.vocabulary[name] ?? []).map { Array($0.utf8) }))
                evidence += 2 + body.reduce(0) { $0 + $1.evidence }
            }
            layouts.append(
                CommaLayout(
                    format: format, columns: columns, names: names.map { Array($0.utf8) },
                    priority: definition.priority, evidence: evidence))
        }
        return layouts
    }
}

extension PatternNode {
    /// True for a place that takes any text.
    fileprivate var isFreeText: Bool {
        guard case .element(let element, _) = self else { return false }
        return switch element.kind {
        case .text, .rest, .until, .quoted: true
        default: false
        }
    }

    fileprivate func collectCaptures(
        isOptional: Bool, into captures: inout [String: (body: [PatternNode], isOptional: Bool)]
    ) {
        switch self {
        case .literal, .space: break
        case .element(let element, let name):
            guard let name, captures[name] == nil else { return }
            captures[name] = ([.element(element, name: nil)], isOptional)
        case .group(let name, let body):
            if captures[name] == nil { captures[name] = (body.map(\.withoutNames), isOptional) }
            for node in body { node.collectCaptures(isOptional: isOptional, into: &captures) }
        case .optional(let body):
            for node in body { node.collectCaptures(isOptional: true, into: &captures) }
        case .alternatives(let branches):
            for branch in branches {
                for node in branch { node.collectCaptures(isOptional: true, into: &captures) }
            }
        }
    }

    private var withoutNames: PatternNode {
        switch self {
        case .literal, .space: self
        case .element(let element, _): .element(element, name: nil)
        case .group(_, let body): body.count == 1 ? body[0].withoutNames : .alternatives([body.map(\.withoutNames)])
        case .optional(let body): .optional(body.map(\.withoutNames))
        case .alternatives(let branches): .alternatives(branches.map { $0.map(\.withoutNames) })
        }
    }
}
