internal import TocsinCore

/// Which lines belong together, so that what was learned of one must not be asked about another: those of event
/// templates that say nearly the same, and those of one corpus system.
struct LineGroups: Sendable {
    private let prepared: PreparedLines
    private let groupOfLine: [String]

    /// - Parameter templates: LogHub's event templates, for groups of near-duplicates.
    init(_ prepared: PreparedLines, templates: [LogHub.Template]) {
        self.prepared = prepared
        let groups = TemplateGroups(templates.map(\.text)).groups
        let groupOfTemplate = Dictionary(
            zip(templates.map(\.id), groups), uniquingKeysWith: { first, _ in first })
        groupOfLine = prepared.lines.map { line in
            line.templateID.flatMap { groupOfTemplate[$0] }.map { "template \($0)" } ?? "system \(line.system)"
        }
    }

    subscript(line: Int) -> String { groupOfLine[line] }

    /// Parts lines into those to learn from and a share to validate with, one line a text: the two have no group and no
    /// text in common.
    func split(_ lines: [Int], validationShare: Double, seed: Int) -> (training: [Int], validation: [Int]) {
        let members = Dictionary(grouping: lines) { groupOfLine[$0] }
        var generator = SeededGenerator(seed: seed)
        let order = members.keys.sorted().shuffled(using: &generator)
        // By different texts, of which a group of many lines may have few.
        let textCounts = members.mapValues { lines in Set(lines.map { prepared.textOfLine[$0] }).count }
        var room = Int(Double(textCounts.values.reduce(0, +)) * validationShare)
        var held: Set<String> = []
        for group in order where textCounts[group, default: 0] <= room {
            held.insert(group)
            room -= textCounts[group, default: 0]
        }
        let training = lines.filter { !held.contains(groupOfLine[$0]) }
        var known = Set(training.map { prepared.textOfLine[$0] })
        return (
            training,
            lines.filter { held.contains(groupOfLine[$0]) && known.insert(prepared.textOfLine[$0]).inserted }
        )
    }

    /// Folds of all lines that have no group in common, each with its share of every label; a text that is learned is
    /// not asked about.
    func folds(_ count: Int, seed: Int) -> [Split] {
        // An event template counts once, and so does a text of a corpus system.
        let units = prepared.lines.enumerated().map { index, line in
            line.templateID ?? "\(line.system) \(prepared.textOfLine[index])"
        }
        var indexOfUnit: [String: Int] = [:]
        var firstLines: [Int] = []
        for (line, unit) in units.enumerated() where indexOfUnit[unit] == nil {
            indexOfUnit[unit] = firstLines.count
            firstLines.append(line)
        }
        let foldOfUnit = GroupedFolds.deal(
            firstLines.map { groupOfLine[$0] }, into: count,
            labels: firstLines.map { prepared.lines[$0].label.rawValue }, seed: seed)
        let foldOfLine = units.map { unit in indexOfUnit[unit].map { foldOfUnit[$0] } }
        return (0..<count).map { fold in
            let training = units.indices.filter { foldOfLine[$0] != fold }
            let known = Set(training.map { prepared.textOfLine[$0] })
            return Split(
                name: "\(fold + 1)", training: training,
                test: units.indices.filter { foldOfLine[$0] == fold && !known.contains(prepared.textOfLine[$0]) })
        }
    }
}
