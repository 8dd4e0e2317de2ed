internal import Foundation
public import Heads
internal import MatrixMath

/// A number that a text's vector gives, which has a derivative by the vector.
public enum VectorScore: Sendable, Hashable {
    /// The vector's product with a direction, `[embeddingWidth]`.
    case direction([Float])
    /// The log-odds of a class, `log(p / (1 - p))`, by a head that reads `features` behind the vector.
    case logOdds(classIndex: Int, head: DenseHead, features: [Float])

    /// Stops the program where the score cannot be computed of vectors of this width.
    func check(vectorWidth: Int) {
        switch self {
        case .direction(let direction):
            precondition(
                direction.count == vectorWidth, "a direction of \(direction.count) for vectors of \(vectorWidth)")
        case .logOdds(let classIndex, let head, let features):
            precondition(
                head.shape.inputs == vectorWidth + features.count && 0..<head.shape.outputs ~= classIndex,
                "class \(classIndex) of a head of \(head.shape.inputs) inputs and \(head.shape.outputs) classes, for "
                    + "vectors of \(vectorWidth) and \(features.count) features")
        }
    }

    /// The scores of vectors, `[rows, embeddingWidth]`, and in their place the scores' derivatives by them.
    func differentiate(_ vectors: MutableMatrixView) -> [Float] {
        switch self {
        case .direction(let direction):
            (0..<vectors.rows).map { row in
                let vector = vectors[row]
                var score: Float = 0
                for (column, value) in direction.enumerated() {
                    score += vector[column] * value
                    vector[column] = value
                }
                return score
            }
        case .logOdds(let classIndex, let head, let features):
            Self.differentiate(vectors, classIndex: classIndex, head: head, features: features)
        }
    }

    private static func differentiate(
        _ vectors: MutableMatrixView, classIndex: Int, head: DenseHead, features: [Float]
    ) -> [Float] {
        let width = vectors.columns
        let tape = DenseTape(head.shape, rows: vectors.rows)
        for row in 0..<vectors.rows {
            tape.input[row].update(from: vectors[row], count: width)
            for (column, value) in features.enumerated() { tape.input[row][width + column] = value }
        }
        let arena = FloatArena()
        let byInput = MutableMatrixView(
            arena.allocate(vectors.rows * head.shape.inputs), rows: vectors.rows, columns: head.shape.inputs)
        let scores = head.parameters.withUnsafeBufferPointer { buffer -> [Float] in
            guard let parameters = buffer.baseAddress else { return [] }
            head.shape.forward(parameters, tape: tape)
            let scores = (0..<vectors.rows).map { logOdds(tape.logits, row: $0, classIndex: classIndex) }
            head.shape.backward(parameters, tape: tape, logits: tape.logits, gradient: nil, input: byInput)
            return scores
        }
        for row in 0..<vectors.rows { vectors[row].update(from: byInput[row], count: width) }
        return scores
    }

    /// The class's log-odds, and in place of the logits their derivative.
    private static func logOdds(_ logits: MutableMatrixView, row: Int, classIndex: Int) -> Float {
        let values = UnsafeMutableBufferPointer(start: logits[row], count: logits.columns)
        let score = values[classIndex]
        let others = values.indices.filter { $0 != classIndex }
        let largest = others.map { values[$0] }.max() ?? 0
        let sum = others.reduce(0) { $0 + exp(values[$1] - largest) }
        for index in others { values[index] = -exp(values[index] - largest) / sum }
        values[classIndex] = 1
        return score - largest - log(sum)
    }
}
