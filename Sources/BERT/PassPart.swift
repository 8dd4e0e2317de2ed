internal import MatrixMath
internal import TocsinCore

/// What the parts of a pass's products are.
enum PassCut {
    case columns
    /// Of an encoder that computes in 8 bits.
    case rows

    var stepsPerLayer: Int {
        switch self {
        case .columns: LayerStep.inOrder.count
        case .rows: QuantizedLayerStep.inOrder.count
        }
    }
}

/// One thread's part of each step of a forward pass: the whole of it, or a share of the tokens, heads or columns.
///
/// Parts of one step write what no other part of it reads; a step reads what all parts of the steps before have written.
struct PassPart {
    let batch: TokenBatch
    let cut: PassCut
    /// With what all threads of the pass read and write.
    let shared: Workspace
    /// With what this thread alone needs within a step; the same where the thread leads the pass.
    let own: Workspace
    var index = 0
    /// How many parts a step has.
    var count = 1

    /// The part's tokens, which are the matrices' rows.
    var rows: Range<Int> { share(of: batch.tokenCount) }

    /// The part's share of something that can be cut anywhere.
    func share(of total: Int) -> Range<Int> { index * total / count..<(index + 1) * total / count }

    /// The part's share of a matrix's columns, cut where 8-bit kernels can begin, which is also where no cache line is cut,
    /// so that threads do not write to one.
    func columns(of total: Int) -> Range<Int> {
        let unit = QuantizedLinear.outputsTogether
        func cut(_ index: Int) -> Int { index == count ? total : index * total / count / unit * unit }
        return cut(index)..<cut(index + 1)
    }

    /// Some of the tokens' rows of a matrix in one of the workspaces.
    func view(_ base: UnsafeMutablePointer<Float>, rows: Range<Int>? = nil, columns: Int) -> MutableMatrixView {
        let rows = rows ?? 0..<batch.tokenCount
        return MutableMatrixView(base + rows.lowerBound * columns, rows: rows.count, columns: columns)
    }
}

extension Encoder {
    /// How threads share a pass best: by columns, so that each reads its share of the weights, but for 8-bit products of so
    /// many rows that these are worth reading by each.
    func cut(tokens: Int, threads: Int) -> PassCut {
        if precision == .fp32 { return .columns }
        let layerWeights =
            configuration.hiddenSize * (4 * configuration.hiddenSize + 2 * configuration.intermediateSize)
        let canCut = configuration.headSize.isMultiple(of: QuantizedLinear.outputsTogether)
        return threads > 1 && canCut && tokens <= QuantizedLayer.mostSharedRows
            && layerWeights > QuantizedLayer.manyWeights ? .columns : .rows
    }

    /// The steps of a pass: tokens become hidden states, and then each layer's.
    func stepCount(_ cut: PassCut) -> Int { configuration.layerCount * cut.stepsPerLayer + 1 }

    /// Parts of each step that threads share: one for each where they are rows. Columns are cut finer in single precision,
    /// so that a thread that something held up keeps the others waiting for less; below some hundred, copying the rows anew
    /// for each part costs more than that saves.
    func partCount(threads: Int) -> Int {
        guard threads > 1, precision == .fp32 else { return threads }
        return threads * max(1, configuration.hiddenSize / (threads * Self.leastPartColumns))
    }

    private static var leastPartColumns: Int { 96 }

    /// Computes a part of a step.
    func compute(step: Int, _ part: PassPart) {
        guard step > 0 else { return embedTokens(part) }
        let (layer, step) = (step - 1).quotientAndRemainder(dividingBy: part.cut.stepsPerLayer)
        let norms = weights.layers[layer]
        switch (part.cut, precision) {
        case (.columns, .fp32): compute(LayerStep.inOrder[step], of: norms, norms: norms, part)
        case (.columns, .int8): compute(LayerStep.inOrder[step], of: quantizedLayers[layer], norms: norms, part)
        case (.rows, _):
            compute(QuantizedLayerStep.inOrder[step], of: quantizedLayers[layer], norms: norms, part)
        }
    }

    private func embedTokens(_ part: PassPart) {
        let width = configuration.hiddenSize
        for text in 0..<part.batch.count {
            let start = part.batch.sequenceOffsets[text]
            for row in part.rows.clamped(to: start..<part.batch.sequenceOffsets[text + 1]) {
                let id = Int(part.batch.tokenIDs[row])
                precondition(
                    id >= 0 && id < configuration.vocabularySize,
                    "token id \(id) is outside a vocabulary of \(configuration.vocabularySize)")
                add(
                    MatrixView(weights.wordEmbeddings + id * width, rows: 1, columns: width),
                    row: weights.positionEmbeddings + (row - start) * width,
                    into: part.view(part.shared.hidden, rows: row..<row + 1, columns: width))
            }
        }
        weights.embeddingNorm.apply(part.view(part.shared.hidden, rows: part.rows, columns: width))
    }

    /// Attention of each text's tokens to each other in the part's heads.
    func attend(_ part: PassPart) {
        let width = configuration.hiddenSize
        for text in 0..<part.batch.count {
            let tokens = part.batch.sequenceOffsets[text]..<part.batch.sequenceOffsets[text + 1]
            guard !tokens.isEmpty else { continue }
            part.own.attention.apply(
                MatrixView(part.view(part.shared.wide, rows: tokens, columns: 3 * width)),
                heads: part.share(of: configuration.headCount), scratch: part.own.attentionScratch,
                into: part.view(part.shared.context, rows: tokens, columns: width))
        }
    }
}
