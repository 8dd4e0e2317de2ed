internal import MatrixMath

/// The inputs of a layer's products that are many times larger than all others, in every text; the same few of a BERT
/// encoder's hidden states from its first layer to its last.
///
/// A row is rounded to 256 values between its least and its greatest, so one such input costs all others two bits.
struct LargeInputs {
    fileprivate(set) var queryKeyValue: [Int] = []
    fileprivate(set) var attentionOutput: [Int] = []
    fileprivate(set) var intermediate: [Int] = []
    fileprivate(set) var output: [Int] = []

    /// Those of each layer, seen while `encoder` computes `sample` in single precision.
    static func find(in encoder: Encoder, sample: TokenBatch) -> [LargeInputs] {
        let sizes = encoder.configuration
        let workspace = encoder.makeWorkspace()
        var layers = [LargeInputs](repeating: LargeInputs(), count: sizes.layerCount)
        var layer = 0
        encoder.forward(sample, using: workspace) { step, part in
            func largest(_ base: UnsafeMutablePointer<Float>, _ columns: Int) -> [Int] {
                largestColumns(of: part.view(base, columns: columns))
            }
            switch step {
            case nil: layers[0].queryKeyValue = largest(workspace.hidden, sizes.hiddenSize)
            case .attention: layers[layer].attentionOutput = largest(workspace.context, sizes.hiddenSize)
            case .attentionNorm: layers[layer].intermediate = largest(workspace.update, sizes.hiddenSize)
            case .intermediate: layers[layer].output = largest(workspace.wide, sizes.intermediateSize)
            case .outputNorm:
                layer += 1
                if layer < layers.count { layers[layer].queryKeyValue = largest(workspace.hidden, sizes.hiddenSize) }
            case .attentionOutput, .output: break
            }
        }
        return layers
    }

    /// The columns with the largest components, of a narrow matrix no more than an eighth.
    private static func largestColumns(of matrix: MutableMatrixView) -> [Int] {
        let largest = (0..<matrix.columns).map { column in
            (0..<matrix.rows).reduce(Float(0)) { max($0, abs(matrix[$1][column])) }
        }
        let order = largest.indices.sorted { (largest[$0], $1) > (largest[$1], $0) }
        return Array(order.prefix(min(QuantizedLinear.mostLargeInputs, matrix.columns / 8)))
    }
}
