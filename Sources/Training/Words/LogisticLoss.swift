internal import Foundation
internal import Heads

/// Rows of which most columns are 0, one behind the other.
struct SparseRows {
    private(set) var columns: [Int32] = []
    private(set) var values: [Float] = []
    /// Where each row begins, and the end.
    private(set) var starts = [0]

    init(_ rows: [[WordsHead.Entry]]) {
        for row in rows {
            for entry in row {
                columns.append(Int32(entry.column))
                values.append(entry.value)
            }
            starts.append(columns.count)
        }
    }

    var count: Int { starts.count - 1 }
}

/// The loss of multinomial logistic regression: the weighted cross-entropy and the weights' squares.
struct LogisticLoss {
    let rows: SparseRows
    let labels: [Int]
    /// Of the rows.
    let weights: [Float]
    let classCount: Int
    /// Half of which each weight's square costs; biases cost nothing.
    let penalty: Float

    /// The loss at `[columns + 1, classes]` parameters, the biases last, and its gradient.
    func value(_ parameters: [Float], _ gradient: inout [Float]) -> Double {
        let biases = parameters.count - classCount
        var loss = 0.0
        for index in 0..<biases {
            loss += Double(0.5 * penalty * parameters[index] * parameters[index])
            gradient[index] = penalty * parameters[index]
        }
        for index in biases..<gradient.count { gradient[index] = 0 }
        var scores = [Float](repeating: 0, count: classCount)
        parameters.withUnsafeBufferPointer { parameters in
            gradient.withUnsafeMutableBufferPointer { gradient in
                scores.withUnsafeMutableBufferPointer { scores in
                    for row in 0..<rows.count {
                        loss += add(row, biases: biases, parameters, to: gradient, scores: scores)
                    }
                }
            }
        }
        return loss
    }

    /// Adds a row's gradient.
    ///
    /// - Returns: its loss.
    private func add(
        _ row: Int, biases: Int, _ parameters: UnsafeBufferPointer<Float>,
        to gradient: UnsafeMutableBufferPointer<Float>, scores: UnsafeMutableBufferPointer<Float>
    ) -> Double {
        for index in 0..<classCount { scores[index] = parameters[biases + index] }
        let entries = rows.starts[row]..<rows.starts[row + 1]
        for entry in entries {
            let first = Int(rows.columns[entry]) * classCount
            let value = rows.values[entry]
            for index in 0..<classCount { scores[index] += value * parameters[first + index] }
        }
        let largest = scores.max() ?? 0
        let sum = scores.reduce(0) { $0 + exp($1 - largest) }
        let loss = -weights[row] * (scores[labels[row]] - largest - log(sum))
        for index in 0..<classCount {
            scores[index] = weights[row] * (exp(scores[index] - largest) / sum - (index == labels[row] ? 1 : 0))
            gradient[biases + index] += scores[index]
        }
        for entry in entries {
            let first = Int(rows.columns[entry]) * classCount
            let value = rows.values[entry]
            for index in 0..<classCount { gradient[first + index] += value * scores[index] }
        }
        return Double(loss)
    }
}
