public import BERT
internal import MatrixMath

/// A text's score, shared out among its tokens.
public struct TokenAttributions: Sendable, Hashable {
    /// One a token, special ones included, in the score's unit.
    public var values: [Float]
    /// Of the text.
    public var score: Float
    /// Of the blank text.
    public var baselineScore: Float
    /// Points of the path that were looked at.
    public var pointCount: Int

    /// What the values leave unexplained of the way from the baseline to the text, as a share of it.
    ///
    /// Of a way that is less than a thousandth of the scores at its ends, this is the share of that: below it, what is
    /// left are the scores' own rounding errors.
    public var completenessError: Float {
        let way = score - baselineScore
        let least = max(abs(score), abs(baselineScore)) / 1_000
        return abs(values.reduce(0, +) - way) / max(abs(way), least, .leastNormalMagnitude)
    }
}

/// Shares out what an encoder's vector of a text scores among the text's tokens: gradients along the straight way from a
/// blank text.
///
/// The blank text has `[PAD]` in place of every token but the first and the last, which so get nothing. What a text's
/// tokens get adds up to the difference of the two texts' scores. The integral is Gauss and Legendre's, with twice the
/// points until it is complete within 1 %. Sundararajan et al., "Axiomatic Attribution for Deep Networks", ICML 2017.
public struct IntegratedGradients {
    /// The share of the way that attributions may leave unexplained.
    public static let completeness: Float = 0.01

    private let encoder: DifferentiableEncoder
    private let paddingID: Int32
    private let tape: ActivationTape

    /// - Parameters:
    ///   - encoder: of the variant that is asked about; an 8-bit one is computed with its weights of single precision.
    ///   - paddingID: `[PAD]` in the encoder's vocabulary.
    public init(encoder: Encoder, paddingID: Int32 = 0) {
        self.encoder = DifferentiableEncoder(encoder)
        self.paddingID = paddingID
        tape = self.encoder.makeTape()
    }

    /// Shares a score out among a text's tokens; throws `CancellationError` where it was cancelled.
    ///
    /// - Parameters:
    ///   - tokenIDs: `[CLS]` first and `[SEP]` last.
    ///   - isCancelled: is asked before each pass, of at most 512 tokens or one text.
    /// - Returns: the best that 128 points give, where that is less than complete.
    public func attributions(
        tokenIDs: [Int32], of score: VectorScore, isCancelled: () -> Bool = { false }
    ) throws(CancellationError) -> TokenAttributions {
        precondition(tokenIDs.count >= 2, "\(tokenIDs.count) tokens: a text has a first and a last one at least")
        score.check(vectorWidth: encoder.embeddingWidth)
        let path = Path(tokenIDs, paddingID: paddingID, encoder: encoder)
        let ends = try evaluate(score, path, at: [0, 1], weights: [0, 0], isCancelled)
        var result = TokenAttributions(
            values: [], score: ends.scores[1], baselineScore: ends.scores[0], pointCount: 0)
        for count in [8, 16, 32, 64, 128] {
            let rule = GaussLegendre(count: count)
            result.values = try evaluate(score, path, at: rule.points, weights: rule.weights, isCancelled).attributions
            result.pointCount = count
            // Half of what is promised.
            if result.completenessError < Self.completeness / 2 { break }
        }
        return result
    }

    /// Tokens in one pass, at least one point of the path.
    private static let passTokens = 512

    /// Scores at points of the path, and the weighted sum of what their gradients give each token.
    private func evaluate(
        _ score: VectorScore, _ path: Path, at points: [Float], weights: [Float], _ isCancelled: () -> Bool
    ) throws(CancellationError) -> (scores: [Float], attributions: [Float]) {
        var scores: [Float] = []
        var attributions = [Float](repeating: 0, count: path.tokenCount)
        let pointsAtOnce = max(1, Self.passTokens / path.tokenCount)
        for start in stride(from: 0, to: points.count, by: pointsAtOnce) {
            if isCancelled() { throw CancellationError() }
            let chosen = start..<min(start + pointsAtOnce, points.count)
            tape.reserve(sequenceOffsets: (0...chosen.count).map { $0 * path.tokenCount })
            for (row, point) in chosen.enumerated() {
                path.write(points[point], into: tape.embeddingSum + row * path.size)
            }
            scores += backward(score, count: chosen.count)
            for (row, point) in chosen.enumerated() where weights[point] != 0 {
                path.add(
                    gradient: tape.gradient + row * path.size, weight: weights[point], to: &attributions)
            }
        }
        return (scores, attributions)
    }

    /// The scores of the sequences whose input embeddings are in the tape, whose gradients are there afterwards.
    private func backward(_ score: VectorScore, count: Int) -> [Float] {
        let width = encoder.embeddingWidth
        let arena = FloatArena()
        let vectors = MutableMatrixView(arena.allocate(count * width), rows: count, columns: width)
        encoder.forward(dropout: .none, tape: tape, into: vectors.base)
        let scores = score.differentiate(vectors)
        encoder.backward(embeddings: vectors.base, tape: tape, toInput: true) { _, _, _ in }
        return scores
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
