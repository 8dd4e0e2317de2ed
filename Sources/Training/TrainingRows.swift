internal import Foundation
internal import LineFeatures
internal import TocsinCore
internal import TreeEnsemble

/// How much training rows count.
public struct RowWeighting: Sendable, Hashable, Codable {
    /// A class of share s weighs s to the power of minus this: 0 leaves classes as they are, 1 makes them equal.
    public var classBalance: Double
    /// Each of n texts of one event template weighs n to the power of minus this: 1 makes templates equal.
    public var templateBalance: Double
    /// LogHub and the corpus, of share s among the rows, weigh s to the power of minus this: 1 makes them equal.
    public var originBalance: Double

    /// As all models are trained that ship, where nothing else is said.
    public init(classBalance: Double = 0.5, templateBalance: Double = 1, originBalance: Double = 1) {
        self.classBalance = classBalance
        self.templateBalance = templateBalance
        self.originBalance = originBalance
    }
}

/// What a model is trained on: one row for each different model text among the chosen lines.
public struct TrainingRows: Sendable {
    /// The line that stands for each row: the first with its text.
    public let lineOfRow: [Int]
    /// The label that most of the text's lines have; the smaller of equals.
    public let labels: [Int]
    public let weights: [Float]

    /// - Parameters:
    ///   - lines: indices of the lines that may be learned from.
    ///   - labels: a class index for each line of `prepared`.
    ///   - needsEveryClass: whether a class without a line is refused, as it could not be learned.
    public init(
        _ prepared: PreparedLines, lines: [Int], labels lineLabels: [Int], weighting: RowWeighting,
        needsEveryClass: Bool = true
    ) throws(TrainingError) {
        var rowOfText: [Int: Int] = [:]
        var lineOfRow: [Int] = []
        var votes: [[Int]] = []
        for line in lines {
            let text = prepared.textOfLine[line]
            let row = rowOfText[text] ?? lineOfRow.count
            if row == lineOfRow.count {
                rowOfText[text] = row
                lineOfRow.append(line)
                votes.append([Int](repeating: 0, count: AnomalyClass.count))
            }
            votes[row][lineLabels[line]] += 1
        }
        let labels = votes.map { votes in votes.firstIndex(of: votes.max() ?? 0) ?? 0 }
        self.lineOfRow = lineOfRow
        self.labels = labels

        let rowsOfTemplate = lineOfRow.reduce(into: [String: Int]()) { counts, line in
            if let id = prepared.lines[line].templateID { counts[id, default: 0] += 1 }
        }
        var weights = lineOfRow.map { line in
            let count = prepared.lines[line].templateID.flatMap { rowsOfTemplate[$0] } ?? 1
            return pow(Double(count), -weighting.templateBalance)
        }
        Self.balance(&weights, between: lineOfRow.map { prepared.lines[$0].origin }, by: weighting.originBalance)
        if needsEveryClass, let missing = AnomalyClass.allCases.first(where: { !labels.contains($0.rawValue) }) {
            throw .missingClass(name: missing.name)
        }
        Self.balance(&weights, between: labels, by: weighting.classBalance)
        self.weights = weights.map(Float.init)
    }

    /// Multiplies what each group's rows weigh by its share, to the power of minus `balance`.
    ///
    /// - Parameter groups: of each row.
    private static func balance<Group: Hashable>(_ weights: inout [Double], between groups: [Group], by balance: Double)
    {
        var sums: [Group: Double] = [:]
        for (group, weight) in zip(groups, weights) { sums[group, default: 0] += weight }
        let mean = weights.reduce(0, +) / Double(sums.count)
        for (index, group) in groups.enumerated() { weights[index] *= pow(sums[group, default: 0] / mean, -balance) }
    }

    /// The rows as trees read them.
    func treeRows(_ prepared: PreparedLines, _ vectors: TextVectors) throws -> TrainingSet {
        TrainingSet(
            rows: try Self.matrix(prepared, vectors, lines: lineOfRow), columnCount: FeatureTable.count,
            labels: labels, weights: weights)
    }

    /// `[lines, 790]` by the assembler that serves.
    static func matrix(
        _ prepared: PreparedLines, _ vectors: TextVectors, lines: some Sequence<Int>
    ) throws(FeatureError) -> [Float] {
        var rows = VectorBlock(dimension: FeatureTable.count)
        for line in lines {
            try FeatureRows.append(
                embedding: vectors[prepared.texts[prepared.textOfLine[line]]],
                lineFeatures: prepared.features[line], to: &rows)
        }
        return rows.values
    }
}
