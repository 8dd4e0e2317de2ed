internal import MatrixMath

/// The steps of a layer whose products are cut by columns: each thread reads its share of the weights, which are more
/// than a cache holds.
enum LayerStep: CaseIterable {
    /// Query, key and value of the part's heads and their attention, which needs no other head.
    case attention
    case attentionOutput
    case attentionNorm
    case intermediate
    case output
    case outputNorm

    /// Made once: a pass allocates no memory.
    static let inOrder = allCases
}

/// A linear layer whose outputs threads can share.
protocol LinearLayer {
    /// Computes some ranges of columns of `finish(input · weightᵀ)`.
    ///
    /// - Parameters:
    ///   - output: all columns.
    ///   - own: of the thread.
    func apply(
        _ input: MatrixView, _ finish: LinearFinish, into output: MutableMatrixView,
        columns: some Sequence<Range<Int>>, using own: Workspace)
}

/// The linear layers of one transformer layer, in single precision or in 8 bits.
protocol LinearLayers {
    associatedtype Linear: LinearLayer
    var queryKeyValue: Linear { get }
    var attentionOutput: Linear { get }
    var intermediate: Linear { get }
    var output: Linear { get }
}

extension LayerWeights: LinearLayers {}

extension LinearWeights: LinearLayer {
    /// What a product is added to (its bias, with the residual where there is one) is written to its output first, in
    /// place of the zeros that the library would write there.
    func apply(
        _ input: MatrixView, _ finish: LinearFinish, into output: MutableMatrixView,
        columns: some Sequence<Range<Int>>, using own: Workspace
    ) {
        for columns in columns {
            let output = output[columns: columns]
            let bias = bias + columns.lowerBound
            if case .biasAndResidual(let residual) = finish {
                add(residual[columns: columns], row: bias, into: output)
            } else {
                fill(output, rows: bias)
            }
            addProduct(input, transposed: weight[columns], into: output)
            if case .biasAndGELU = finish { applyGELU(output) }
        }
    }
}

extension Encoder {
    /// Computes a part of a step.
    func compute(_ step: LayerStep, of layer: some LinearLayers, norms: LayerWeights, _ part: PassPart) {
        let width = configuration.hiddenSize
        let hidden = part.view(part.shared.hidden, columns: width)
        let update = part.view(part.shared.update, columns: width)
        switch step {
        case .attention:
            layer.queryKeyValue.apply(
                MatrixView(hidden), .bias, into: part.view(part.shared.wide, columns: 3 * width),
                columns: HeadColumns(configuration, heads: part.share(of: configuration.headCount)), using: part.own)
            attend(part)
        case .attentionOutput:
            layer.attentionOutput.apply(
                MatrixView(part.view(part.shared.context, columns: width)), .biasAndResidual(MatrixView(hidden)),
                into: update, columns: CollectionOfOne(part.columns(of: width)), using: part.own)
        case .attentionNorm: norms.attentionNorm.apply(update[part.rows])
        case .intermediate:
            layer.intermediate.apply(
                MatrixView(update), .biasAndGELU,
                into: part.view(part.shared.wide, columns: configuration.intermediateSize),
                columns: CollectionOfOne(part.columns(of: configuration.intermediateSize)), using: part.own)
        case .output:
            layer.output.apply(
                MatrixView(part.view(part.shared.wide, columns: configuration.intermediateSize)),
                .biasAndResidual(MatrixView(update)), into: hidden,
                columns: CollectionOfOne(part.columns(of: width)), using: part.own)
        case .outputNorm: norms.outputNorm.apply(hidden[part.rows])
        }
    }
}

/// The columns of some heads' queries, keys and values: one range where they are all heads', three otherwise.
private struct HeadColumns: Sequence, IteratorProtocol {
    private let width: Int
    private var current: Range<Int>

    init(_ configuration: BERTConfiguration, heads: Range<Int>) {
        width = configuration.hiddenSize
        current =
            heads.count == configuration.headCount
            ? 0..<3 * width
            : heads.lowerBound * configuration.headSize..<heads.upperBound * configuration.headSize
    }

    mutating func next() -> Range<Int>? {
        guard current.upperBound <= 3 * width else { return nil }
        defer { current = current.lowerBound + width..<current.upperBound + width }
        return current
    }
}
