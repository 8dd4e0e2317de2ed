internal import Foundation
internal import MatrixMath

/// Softmax cross-entropy with weights and label smoothing.
enum SoftmaxLoss {
    /// Turns logits into the loss's derivative by them, in place, and returns the loss: the sum over rows of
    /// `weight · -Σ target · log p`.
    ///
    /// - Parameters:
    ///   - logits: `[rows, classes]`.
    ///   - weights: what each row counts.
    ///   - smoothing: the share of each label that is spread over all classes.
    static func backward(
        _ logits: MutableMatrixView, labels: [Int], weights: [Float], smoothing: Float = 0
    ) -> Double {
        var loss = 0.0
        let spread = smoothing / Float(logits.columns)
        for row in 0..<logits.rows {
            let values = logits[row]
            let scores = UnsafeBufferPointer(start: values, count: logits.columns)
            let largest = scores.max() ?? 0
            let logSum = largest + log(scores.reduce(0) { $0 + exp($1 - largest) })
            for column in 0..<logits.columns {
                let target = spread + (column == labels[row] ? 1 - smoothing : 0)
                let logProbability = values[column] - logSum
                loss -= Double(weights[row] * target * logProbability)
                values[column] = weights[row] * (exp(logProbability) - target)
            }
        }
        return loss
    }
}
