/// A format's columns as a comma-separated row, the way structured log files write them.
struct CommaLayout: BitwiseCopyable {
    struct Column: BitwiseCopyable {
        /// The column of the format.
        var slot: Int
        /// The program that checks a value; -1 where any text will do.
        var check: Int
        var mayBeEmpty: Bool
        /// Where in the members the words are that tell this format from another with the same shape.
        var firstWord: Int
        var wordCount: Int
    }

    /// The position of the format in the library.
    var format: Int
    /// Where its columns are among those of all layouts.
    var firstColumn: Int
    var columnCount: Int
    /// In bits; see `PatternNode.evidence`.
    var evidence: Float
}

/// The comma-separated layouts of all formats.
struct CommaLayouts {
    private(set) var layouts: [CommaLayout] = []
    private(set) var columns: [CommaLayout.Column] = []
    /// The header row of each layout; empty where it has none.
    private(set) var headers: [[[UInt8]]] = []

    /// Adds the layouts that a format's file lists.
    mutating func add(
        _ definition: FormatDefinition, format: Int, patterns: [[PatternNode]], file: String,
        builder: inout ProgramBuilder
    ) throws(FormatError) {
        // The first pattern that has a column says what it may hold; a column may be empty where a pattern can go without.
        var bodies: [String: [PatternNode]] = [:]
        var required = Set(definition.columns)
        for pattern in patterns {
            var captures: [String: (body: [PatternNode], isOptional: Bool)] = [:]
            for node in pattern { node.collectCaptures(isOptional: false, into: &captures) }
            bodies.merge(captures.mapValues(\.body)) { first, _ in first }
            required.formIntersection(captures.filter { !$0.value.isOptional }.keys)
        }
        for (index, names) in definition.commaLayouts.enumerated() {
            let firstColumn = columns.count
            var evidence: Float = 0
            for name in names {
                guard let slot = definition.columns.firstIndex(of: name) else {
                    throw .malformed(
                        file: file, place: ".commaLayouts[\(index)]", reason: "there is no column '\(name)'")
                }
                let body = bodies[name] ?? []
                let words = builder.addWords(definition.vocabulary[name] ?? [])
                columns.append(
                    CommaLayout.Column(
                        slot: slot, check: body.allSatisfy(\.isFreeText) ? -1 : builder.add(body),
                        mayBeEmpty: !required.contains(name), firstWord: words.lowerBound, wordCount: words.count))
                evidence += 2 + body.reduce(0) { $0 + $1.evidence }
            }
            layouts.append(
                CommaLayout(format: format, firstColumn: firstColumn, columnCount: names.count, evidence: evidence))
            // A shortened layout has no header of its own: it might be another format's full one.
            headers.append(index == 0 ? names.map { Array($0.utf8) } : [])
        }
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
