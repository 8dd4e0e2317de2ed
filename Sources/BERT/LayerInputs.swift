internal import MatrixMath

/// What the inputs of one transformer layer's linear layers are like.
struct LayerInputs {
    let queryKeyValue: InputStatistics
    let attentionOutput: InputStatistics
    let intermediate: InputStatistics
    let output: InputStatistics

    /// Computes `sample` with `encoder`, in single precision, and hands each layer's inputs to `body` as the pass comes by.
    static func forEachLayer(of encoder: Encoder, sample: TokenBatch, _ body: (Int, LayerInputs) -> Void) {
        let sizes = encoder.configuration
        let workspace = encoder.makeWorkspace()
        var layer = 0
        var found: [InputStatistics] = []
        encoder.forward(sample, using: workspace) { step, part in
            func look(at base: UnsafeMutablePointer<Float>, _ columns: Int) {
                found.append(InputStatistics(of: MatrixView(part.view(base, columns: columns))))
            }
            switch step {
            case nil: look(at: workspace.hidden, sizes.hiddenSize)
            case .attention: look(at: workspace.context, sizes.hiddenSize)
            case .attentionNorm: look(at: workspace.update, sizes.hiddenSize)
            case .intermediate:
                look(at: workspace.wide, sizes.intermediateSize)
                body(
                    layer,
                    LayerInputs(
                        queryKeyValue: found[0], attentionOutput: found[1], intermediate: found[2], output: found[3]))
            case .outputNorm:
                layer += 1
                found = []
                if layer < sizes.layerCount { look(at: workspace.hidden, sizes.hiddenSize) }
            case .attentionOutput, .output: break
            }
        }
    }
}
