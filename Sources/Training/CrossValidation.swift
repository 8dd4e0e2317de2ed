internal import Classification
internal import Foundation
internal import TocsinCore
internal import TreeEnsemble

/// What a model says of lines that it was not trained on.
struct OutOfFold: Sendable {
    /// The lines that were scored, ascending.
    var lines: [Int] = []
    /// `[lines, classes]`: the model's margins.
    var margins: [Float] = []
    /// The split that held each line out.
    var splitOfLine: [Int] = []

    /// Gathers what a model of each split says of its test lines.
    ///
    /// - Parameter margins: of a split's test lines in their order, `[lines, classes]`, by a model that was trained on
    ///   the split's training lines alone.
    init(_ splits: [Split], margins: (_ index: Int, _ split: Split) throws -> [Float]) rethrows {
        var parts: [(line: Int, margins: ArraySlice<Float>, split: Int)] = []
        for (index, split) in splits.enumerated() {
            let found = try margins(index, split)
            for (row, line) in split.test.enumerated() {
                parts.append((line, found[row * AnomalyClass.count..<(row + 1) * AnomalyClass.count], index))
            }
        }
        parts.sort { $0.line < $1.line }
        lines = parts.map(\.line)
        self.margins = parts.flatMap(\.margins)
        splitOfLine = parts.map(\.split)
    }

    /// The temperature of each split's model, which was fitted on the other splits' lines.
    ///
    /// - Parameter weights: how much each line of `lines` counts in the fit.
    func calibrations(labels: [Int], weights: [Double]) -> [Int: Calibration] {
        Set(splitOfLine).reduce(into: [:]) { calibrations, split in
            // A single split has no others: its own lines would have to judge themselves, so it stays as it is.
            calibrations[split] =
                Set(splitOfLine).count == 1
                ? Calibration(temperature: 1) : calibration(labels: labels, weights: weights) { $0 != split }
        }
    }

    /// Probabilities of each line, by the temperatures of the splits' models.
    func probabilities(_ calibrations: [Int: Calibration]) -> [[Double]] {
        lines.indices.map { row in
            (calibrations[splitOfLine[row]] ?? Calibration(temperature: 1))
                .probabilities(ofMargins: margins[row * AnomalyClass.count..<(row + 1) * AnomalyClass.count])
                .map(Double.init)
        }
    }

    /// The temperature that suits the lines of the chosen splits best.
    func calibration(labels: [Int], weights: [Double], splits isChosen: (Int) -> Bool = { _ in true }) -> Calibration {
        let rows = lines.indices.filter { isChosen(splitOfLine[$0]) }
        return Calibration.fitted(
            margins: rows.flatMap { margins[$0 * AnomalyClass.count..<($0 + 1) * AnomalyClass.count] },
            labels: rows.map { labels[lines[$0]] }, weights: rows.map { weights[$0] }, classCount: AnomalyClass.count)
    }
}

/// Trains on the training lines of each split and asks about the others.
struct CrossValidation {
    let prepared: PreparedLines
    let vectors: TextVectors
    /// A class index for each line; what is learned and what is scored.
    let labels: [Int]
    let weighting: RowWeighting
    let parameters: TreeParameters
    let threads: Int

    func run(_ splits: [Split], report: (Int, TreeEnsemble.Round) -> Void) throws -> OutOfFold {
        try run(splits, asking: [vectors], report: report)[0]
    }

    /// Trains each split's model once, on `vectors`, and asks it about the held out lines with each of several sets of
    /// their vectors.
    func run(
        _ splits: [Split], asking: [TextVectors], report: (Int, TreeEnsemble.Round) -> Void
    ) throws -> [OutOfFold] {
        let margins = try splits.enumerated().map { index, split in
            let ensemble = try train(on: split.training) { report(index, $0) }
            return try asking.map { asked in
                try stride(from: 0, to: split.test.count, by: 1_024).flatMap { start in
                    let test = split.test[start..<min(start + 1_024, split.test.count)]
                    return try ensemble.margins(rows: TrainingRows.matrix(prepared, asked, lines: test))
                }
            }
        }
        return asking.indices.map { asked in OutOfFold(splits) { index, _ in margins[index][asked] } }
    }

    func train(on lines: [Int], report: (TreeEnsemble.Round) -> Void) throws -> TreeEnsemble {
        let rows = try TrainingRows(prepared, lines: lines, labels: labels, weighting: weighting)
        return try TreeEnsemble.train(
            on: rows.treeRows(prepared, vectors), classCount: AnomalyClass.count, parameters: parameters,
            threads: threads
        ) {
            report($0)
            return true
        }
    }
}
