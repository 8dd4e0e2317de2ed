internal import BERT
internal import BERTGradients
internal import Heads
internal import MatrixMath

/// What a step learns from one piece of its texts.
struct PieceResult: Sendable {
    /// Sums over the piece's texts, each divided by the step's total weight.
    var labelLoss = 0.0
    var domainLoss = 0.0
    /// `[layout.count]`.
    var gradient: [Float]
}

/// What all pieces of one step have in common.
struct StepSettings {
    /// The sum of the texts' weights.
    var totalWeight: Float
    /// The number of texts.
    var textCount: Int
    var dropoutRate: Float
    /// Of the step; each piece draws its own from it.
    var seed: UInt64
    var labelSmoothing: Float
    /// What the domain head's gradient is multiplied by, with its sign turned, where it enters the encoder.
    var reversal: Float
}

/// The memory of one thread, and what it computes with it.
final class PieceWorker {
    private let adapted: AdaptedEncoder
    private let layout: ParameterLayout
    private let tape: ActivationTape
    private var arena = FloatArena()
    private var tokenCapacity = 0
    /// `[tokens, rank]`.
    private var scratch: UnsafeMutablePointer<Float>

    init(_ adapted: AdaptedEncoder, layout: ParameterLayout) {
        self.adapted = adapted
        self.layout = layout
        tape = adapted.encoder.makeTape()
        scratch = arena.allocate(0)
    }

    /// Logits of texts, nothing dropped: `[texts, classes]`.
    func logits(_ examples: [FineTuningExample], parameters: UnsafePointer<Float>) -> [Float] {
        let heads = FloatArena()
        let embeddings = forward(examples, dropout: .none, arena: heads)
        let tape = labelTape(examples, embeddings: embeddings)
        layout.labelShape.forward(parameters + layout.labelHead.lowerBound, tape: tape)
        return Array(UnsafeBufferPointer(start: tape.logits.base, count: examples.count * layout.labelShape.outputs))
    }

    /// Losses and gradient of a piece of a step.
    func run(
        _ examples: [FineTuningExample], piece: Int, settings: StepSettings, parameters: UnsafePointer<Float>
    ) -> PieceResult {
        var result = PieceResult(gradient: [Float](repeating: 0, count: layout.count))
        let dropout = EncoderDropout(
            rate: settings.dropoutRate, seed: settings.seed &+ UInt64(piece) &* 0xD1B5_4A32_D192_ED03)
        let heads = FloatArena()
        let embeddings = forward(examples, dropout: dropout, arena: heads)
        result.gradient.withUnsafeMutableBufferPointer { buffer in
            guard let gradient = buffer.baseAddress else { return }
            let byEmbeddings = MutableMatrixView(
                heads.allocate(embeddings.rows * embeddings.columns), rows: embeddings.rows,
                columns: embeddings.columns)
            result.labelLoss = learnLabels(
                examples, embeddings: embeddings, dropout: dropout, settings: settings, parameters: parameters,
                gradient: gradient, byEmbeddings: byEmbeddings, arena: heads)
            if let shape = layout.domainShape {
                result.domainLoss = learnDomains(
                    examples, shape: shape, embeddings: embeddings, dropout: dropout, settings: settings,
                    parameters: parameters, gradient: gradient, byEmbeddings: byEmbeddings, arena: heads)
            }
            adapted.encoder.backward(
                embeddings: byEmbeddings.base, dropout: dropout, tape: tape, toInput: false
            ) { layer, input, queryKeyValue in
                adapted.addGradients(
                    layer: layer, input: input, queryKeyValue: queryKeyValue, parameters: parameters,
                    scratch: scratch, to: gradient)
            }
        }
        return result
    }

    /// `[texts, embeddingWidth]`, in `arena`.
    private func forward(
        _ examples: [FineTuningExample], dropout: EncoderDropout, arena: FloatArena
    ) -> MutableMatrixView {
        var batch = TokenBatch()
        for example in examples { batch.append(example.tokenIDs) }
        if batch.tokenCount > tokenCapacity {
            self.arena = FloatArena()
            scratch = self.arena.allocate(batch.tokenCount * layout.rank)
            tokenCapacity = batch.tokenCount
        }
        let width = adapted.encoder.embeddingWidth
        let embeddings = MutableMatrixView(
            arena.allocate(examples.count * width), rows: examples.count, columns: width)
        adapted.encoder.forward(batch, dropout: dropout, tape: tape, into: embeddings.base)
        return embeddings
    }

    /// The label head's input: embeddings with the features behind them.
    private func labelTape(_ examples: [FineTuningExample], embeddings: MutableMatrixView) -> DenseTape {
        let tape = DenseTape(layout.labelShape, rows: examples.count)
        for (row, example) in examples.enumerated() {
            tape.input[row].update(from: embeddings[row], count: embeddings.columns)
            for (column, value) in example.features.enumerated() {
                tape.input[row][embeddings.columns + column] = value
            }
        }
        return tape
    }

    private func learnLabels(
        _ examples: [FineTuningExample], embeddings: MutableMatrixView, dropout: EncoderDropout,
        settings: StepSettings, parameters: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
        byEmbeddings: MutableMatrixView, arena: FloatArena
    ) -> Double {
        let shape = layout.labelShape
        let head = layout.labelHead.lowerBound
        let tape = labelTape(examples, embeddings: embeddings)
        shape.forward(parameters + head, tape: tape) { dropout.mask(.head($0)) }
        let loss = SoftmaxLoss.backward(
            tape.logits, labels: examples.map(\.label), weights: examples.map { $0.weight / settings.totalWeight },
            smoothing: settings.labelSmoothing)
        let input = MutableMatrixView(
            arena.allocate(examples.count * shape.inputs), rows: examples.count, columns: shape.inputs)
        shape.backward(
            parameters + head, tape: tape, logits: tape.logits, dropout: { dropout.mask(.head($0)) },
            gradient: gradient + head, input: input)
        for row in examples.indices { byEmbeddings[row].update(from: input[row], count: byEmbeddings.columns) }
        return loss
    }

    /// The domain head learns to tell the sources apart; the encoder gets its gradient with the sign turned.
    private func learnDomains(
        _ examples: [FineTuningExample], shape: DenseShape, embeddings: MutableMatrixView, dropout: EncoderDropout,
        settings: StepSettings, parameters: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
        byEmbeddings: MutableMatrixView, arena: FloatArena
    ) -> Double {
        // Places apart from the label head's, so that the two drop different components.
        func mask(_ layer: Int) -> Dropout { dropout.mask(.head(layout.labelShape.layerCount + layer)) }
        let head = layout.domainHead.lowerBound
        let tape = DenseTape(shape, rows: examples.count)
        tape.input.base.update(from: embeddings.base, count: embeddings.rows * embeddings.columns)
        shape.forward(parameters + head, tape: tape, dropout: mask)
        let share = 1 / Float(settings.textCount)
        let loss = SoftmaxLoss.backward(
            tape.logits, labels: examples.map(\.domain), weights: examples.map { _ in share })
        let input = MutableMatrixView(
            arena.allocate(examples.count * shape.inputs), rows: examples.count, columns: shape.inputs)
        shape.backward(
            parameters + head, tape: tape, logits: tape.logits, dropout: mask, gradient: gradient + head,
            input: input)
        for row in examples.indices {
            for column in 0..<byEmbeddings.columns {
                byEmbeddings[row][column] -= settings.reversal * input[row][column]
            }
        }
        return loss
    }
}
