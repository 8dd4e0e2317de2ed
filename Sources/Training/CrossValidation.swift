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
        let ofSplits = try splits.enumerated().map { index, split in
            let ensemble = try train(on: split.training) {
                report(index, $0)
                return true
            }
            return try asking.map { try verdicts(index, split, by: ensemble, asking: $0) }
        }
        return asking.indices.map { asked in ofSplits.flatMap { $0[asked] } }
    }

    /// What an ensemble says of a split's test lines.
    ///
    /// - Parameter rounds: asks the first so many boosting rounds only; nil asks all.
    func verdicts(
        _ number: Int, _ split: Split, by ensemble: TreeEnsemble, asking vectors: TextVectors, rounds: Int? = nil
    ) throws -> [TemplateVerdict] {
        let margins = try stride(from: 0, to: split.test.count, by: 1_024).flatMap { start in
            let test = split.test[start..<min(start + 1_024, split.test.count)]
            return try ensemble.margins(rows: TrainingRows.matrix(prepared, vectors, lines: test), rounds: rounds)
        }
        return split.verdicts(number, of: prepared.lines, margins: margins)
    }

    /// - Parameters:
    ///   - heldOut: lines to measure each round's loss on; none measures none.
    ///   - goesOn: called after each round; training ends early where it returns false.
    func train(
        on lines: [Int], heldOut: [Int] = [], goesOn: (TreeEnsemble.Round) -> Bool
    ) throws -> TreeEnsemble {
        let set = try TrainingRows(prepared, lines: lines, labels: labels, weighting: weighting)
            .treeRows(prepared, vectors)
        let held =
            heldOut.isEmpty
            ? nil
            : try TrainingRows(
                prepared, lines: heldOut, labels: labels, weighting: weighting, needsEveryClass: false
            ).treeRows(prepared, vectors)
        return try TreeEnsemble.train(
            on: addsSyntheticRows ? SyntheticRows(seed: parameters.seed).added(to: set) : set,
            classCount: AnomalyClass.count, parameters: parameters, threads: threads, heldOut: held, report: goesOn)
    }
}

extension CrossValidation {
    /// Learns the lines' own labels.
    init(_ prepared: PreparedLines, _ vectors: TextVectors, options: ModelTraining.Options) {
        self.init(
            prepared: prepared, vectors: vectors, labels: prepared.lines.map(\.label.rawValue),
            weighting: options.weighting, parameters: options.parameters,
            addsSyntheticRows: options.addsSyntheticRows, threads: options.threads)
    }
}
