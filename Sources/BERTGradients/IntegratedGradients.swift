public import BERT
internal import Foundation
public import Heads
internal import MatrixMath

/// How much each token of a text speaks for a class.
public struct TokenAttributions: Sendable, Hashable {
    /// One a token, special ones included, in units of the class's log-odds.
    public var values: [Float]
    /// The class's log-odds of the text.
    public var score: Float
    /// The class's log-odds where every word is blank.
    public var baselineScore: Float
    /// Points of the path that were looked at.
    public var pointCount: Int

    /// What the values leave unexplained of the way from the baseline to the text, as a share of it.
    public var completenessError: Float {
        let way = score - baselineScore
        return abs(values.reduce(0, +) - way) / max(abs(way), 1e-3)
    }
}

/// Attributes a head's verdict to the tokens that the encoder read: gradients along the straight way from a blank text.
///
/// The blank text has `[PAD]` in place of every word and keeps the special tokens, which so get nothing. What a text's
/// tokens get adds up to the difference of the two texts' scores. The integral is Gauss and Legendre's, with twice the
/// points until it is complete within 1 %. Sundararajan et al., "Axiomatic Attribution for Deep Networks", ICML 2017.
public struct IntegratedGradients {
    private let encoder: DifferentiableEncoder
    private let head: DenseHead
    private let paddingID: Int32
    private let tape: ActivationTape

    /// - Parameters:
    ///   - encoder: of the variant that the head belongs to.
    ///   - head: reads an embedding, and features behind it where it is wider.
    ///   - paddingID: `[PAD]` in the encoder's vocabulary.
    public init(encoder: Encoder, head: DenseHead, paddingID: Int32 = 0) {
        self.encoder = DifferentiableEncoder(encoder)
        precondition(
            head.shape.inputs >= encoder.embeddingWidth,
            "a head of \(head.shape.inputs) inputs cannot read embeddings of \(encoder.embeddingWidth)")
        self.head = head
        self.paddingID = paddingID
        tape = self.encoder.makeTape()
    }

    /// Attributes the log-odds of a class, `log(p / (1 - p))`, to a text's tokens.
    ///
    /// - Parameters:
    ///   - tokenIDs: `[CLS]` first and `[SEP]` last.
    ///   - features: what the head reads behind the embedding; the same in the blank text.
    public func attributions(tokenIDs: [Int32], features: [Float] = [], classIndex: Int) -> TokenAttributions {
        precondition(
            tokenIDs.count >= 2 && encoder.embeddingWidth + features.count == head.shape.inputs,
            "\(tokenIDs.count) tokens with \(features.count) features for a head of \(head.shape.inputs) inputs")
        let path = Path(tokenIDs, paddingID: paddingID, encoder: encoder)
        let ends = evaluate(path, at: [0, 1], weights: [0, 0], features: features, classIndex: classIndex)
        var result = TokenAttributions(
            values: [], score: ends.scores[1], baselineScore: ends.scores[0], pointCount: 0)
        for count in [8, 16, 32, 64, 128] {
            let rule = GaussLegendre(count: count)
            result.values =
                evaluate(path, at: rule.points, weights: rule.weights, features: features, classIndex: classIndex)
                .attributions
            result.pointCount = count
            if result.completenessError < Self.tolerance { break }
        }
        return result
    }

    /// Half of what is promised.
    private static let tolerance: Float = 0.005
    /// Tokens in one pass, at least one point of the path.
    private static let passTokens = 512

    /// Scores at points of the path, and the weighted sum of what their gradients give each token.
    private func evaluate(
        _ path: Path, at points: [Float], weights: [Float], features: [Float], classIndex: Int
    ) -> (scores: [Float], attributions: [Float]) {
        var scores: [Float] = []
        var attributions = [Float](repeating: 0, count: path.tokenCount)
        let pointsAtOnce = max(1, Self.passTokens / path.tokenCount)
        for start in stride(from: 0, to: points.count, by: pointsAtOnce) {
            let chosen = start..<min(start + pointsAtOnce, points.count)
            tape.reserve(sequenceOffsets: (0...chosen.count).map { $0 * path.tokenCount })
            for (row, point) in chosen.enumerated() {
                path.write(points[point], into: tape.embeddingSum + row * path.size)
            }
            scores += backward(count: chosen.count, features: features, classIndex: classIndex)
            for (row, point) in chosen.enumerated() where weights[point] != 0 {
                path.add(
                    gradient: tape.gradient + row * path.size, weight: weights[point], to: &attributions)
            }
        }
        return (scores, attributions)
    }

    /// The scores of the sequences whose input embeddings are in the tape, whose gradients are there afterwards.
    private func backward(count: Int, features: [Float], classIndex: Int) -> [Float] {
        let width = encoder.embeddingWidth
        let arena = FloatArena()
        let embeddings = MutableMatrixView(arena.allocate(count * width), rows: count, columns: width)
        encoder.forward(dropout: .none, tape: tape, into: embeddings.base)
        let dense = DenseTape(head.shape, rows: count)
        for row in 0..<count {
            dense.input[row].update(from: embeddings[row], count: width)
            for (column, value) in features.enumerated() { dense.input[row][width + column] = value }
        }
        let byInput = MutableMatrixView(
            arena.allocate(count * head.shape.inputs), rows: count, columns: head.shape.inputs)
        let scores = head.parameters.withUnsafeBufferPointer { buffer -> [Float] in
            guard let parameters = buffer.baseAddress else { return [] }
            head.shape.forward(parameters, tape: dense)
            let scores = (0..<count).map { Self.logOdds(dense.logits, row: $0, classIndex: classIndex) }
            head.shape.backward(parameters, tape: dense, logits: dense.logits, gradient: nil, input: byInput)
            return scores
        }
        for row in 0..<count { embeddings[row].update(from: byInput[row], count: width) }
        encoder.backward(embeddings: embeddings.base, tape: tape, toInput: true) { _, _, _ in }
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

/// The straight way from the blank text's input embeddings to a text's.
private struct Path {
    let tokenCount: Int
    /// `[tokens, hidden]`: of the blank text.
    private var start: [Float]
    /// `[tokens, hidden]`: what the text has more.
    private var way: [Float]

    var size: Int { start.count }

    init(_ tokenIDs: [Int32], paddingID: Int32, encoder: DifferentiableEncoder) {
        let width = encoder.configuration.hiddenSize
        tokenCount = tokenIDs.count
        func embeddings(_ ids: [Int32]) -> [Float] {
            [Float](unsafeUninitializedCapacity: ids.count * width) { buffer, count in
                if let base = buffer.baseAddress {
                    for (position, id) in ids.enumerated() {
                        encoder.inputEmbedding(ofToken: id, position: position, into: base + position * width)
                    }
                }
                count = ids.count * width
            }
        }
        let last = tokenIDs.count - 1
        start = embeddings(tokenIDs.enumerated().map { $0.offset == 0 || $0.offset == last ? $0.element : paddingID })
        way = zip(embeddings(tokenIDs), start).map { $0 - $1 }
    }

    func write(_ point: Float, into output: UnsafeMutablePointer<Float>) {
        for index in start.indices { output[index] = start[index] + point * way[index] }
    }

    /// Adds what a gradient along the way gives each token.
    func add(gradient: UnsafePointer<Float>, weight: Float, to attributions: inout [Float]) {
        let width = start.count / tokenCount
        for token in attributions.indices {
            var sum: Float = 0
            for index in token * width..<(token + 1) * width { sum += gradient[index] * way[index] }
            attributions[token] += weight * sum
        }
    }
}
