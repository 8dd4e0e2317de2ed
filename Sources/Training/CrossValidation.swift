internal import TocsinCore
internal import TreeEnsemble

/// Trains on the training lines of each split and asks about the others.
struct CrossValidation {
    let prepared: PreparedLines
    let vectors: TextVectors
    /// A class index for each line; what is learned and what is scored.
    let labels: [Int]
    let weighting: RowWeighting
    let parameters: TreeParameters
    /// Whether rarer classes get rows between their own.
    var addsSyntheticRows = false
    let threads: Int

    func run(_ splits: [Split], report: (Int, TreeEnsemble.Round) -> Void) throws -> [TemplateVerdict] {
        try run(splits, asking: [vectors], report: report)[0]
    }

    /// Trains each split's model once, on `vectors`, and asks it about the held out lines with each of several sets of
    /// their vectors.
    func run(
        _ splits: [Split], asking: [TextVectors], report: (Int, TreeEnsemble.Round) -> Void
    ) throws -> [[TemplateVerdict]] {
        let verdicts = try splits.enumerated().map { index, split in
            let ensemble = try train(on: split.training) { report(index, $0) }
            return try asking.map { asked in
                let margins = try stride(from: 0, to: split.test.count, by: 1_024).flatMap { start in
                    let test = split.test[start..<min(start + 1_024, split.test.count)]
                    return try ensemble.margins(rows: TrainingRows.matrix(prepared, asked, lines: test))
                }
                return split.verdicts(index, of: prepared.lines, margins: margins)
            }
        }
        return asking.indices.map { asked in verdicts.flatMap { $0[asked] } }
    }

    func train(on lines: [Int], report: (TreeEnsemble.Round) -> Void) throws -> TreeEnsemble {
        let rows = try TrainingRows(prepared, lines: lines, labels: labels, weighting: weighting)
        let set = try rows.treeRows(prepared, vectors)
        return try TreeEnsemble.train(
            on: addsSyntheticRows ? SyntheticRows(seed: parameters.seed).added(to: set) : set,
            classCount: AnomalyClass.count, parameters: parameters,
            threads: threads
        ) {
            report($0)
            return true
        }
    }
}
