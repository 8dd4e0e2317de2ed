internal import BERT
internal import Heads
internal import TocsinCore

/// Where each learned tensor lies in the one array that holds them all: adapters layer by layer, then the label head,
/// then the domain head.
struct ParameterLayout: Sendable, Hashable {
    /// The parts of a layer's queries, keys and values that have adapters: their numbers and names.
    static let adaptedParts = [(number: 0, name: "query"), (number: 2, name: "value")]

    let layerCount: Int
    let hiddenSize: Int
    let rank: Int
    let labelShape: DenseShape
    let domainShape: DenseShape?

    init(_ configuration: BERTConfiguration, embeddingWidth: Int, classCount: Int, options: FineTuningOptions) {
        layerCount = configuration.layerCount
        hiddenSize = configuration.hiddenSize
        rank = options.rank
        labelShape = options.labelShape(embeddingWidth: embeddingWidth, classCount: classCount)
        domainShape = options.domainShape(embeddingWidth: embeddingWidth)
    }

    private var adapterSize: Int { rank * hiddenSize }

    /// `[rank, hidden]`, by the position of the part in `adaptedParts`.
    func loraA(layer: Int, part: Int) -> Range<Int> {
        let start = (layer * Self.adaptedParts.count + part) * 2 * adapterSize
        return start..<start + adapterSize
    }

    /// `[hidden, rank]`.
    func loraB(layer: Int, part: Int) -> Range<Int> {
        let start = loraA(layer: layer, part: part).upperBound
        return start..<start + adapterSize
    }

    var adapters: Range<Int> { 0..<layerCount * Self.adaptedParts.count * 2 * adapterSize }
    var labelHead: Range<Int> { adapters.upperBound..<adapters.upperBound + labelShape.parameterCount }
    var domainHead: Range<Int> {
        labelHead.upperBound..<labelHead.upperBound + (domainShape?.parameterCount ?? 0)
    }
    var count: Int { domainHead.upperBound }

    /// Whether weight decay shrinks each number: biases are left alone.
    var decays: [Bool] {
        var decays = [Bool](repeating: true, count: count)
        for (shape, range) in [(labelShape, labelHead)] + (domainShape.map { [($0, domainHead)] } ?? []) {
            for layer in 0..<shape.layerCount {
                for index in shape.biasRange(layer) { decays[range.lowerBound + index] = false }
            }
        }
        return decays
    }

    /// Where learning begins: every adapter at nothing (its B is zero), every weight small and drawn by the seed.
    func initialParameters(seed: Int) -> [Float] {
        var generator = SeededGenerator(seed: seed)
        var parameters = [Float](repeating: 0, count: count)
        func draw(_ range: Range<Int>, inputs: Int) {
            let bound = 1 / Float(inputs).squareRoot()
            for index in range { parameters[index] = Float.random(in: -bound...bound, using: &generator) }
        }
        for layer in 0..<layerCount {
            for part in Self.adaptedParts.indices { draw(loraA(layer: layer, part: part), inputs: hiddenSize) }
        }
        for (shape, range) in [(labelShape, labelHead)] + (domainShape.map { [($0, domainHead)] } ?? []) {
            for layer in 0..<shape.layerCount {
                let weight = shape.weightRange(layer)
                draw(
                    range.lowerBound + weight.lowerBound..<range.lowerBound + weight.upperBound,
                    inputs: shape.widths[layer])
            }
        }
        return parameters
    }
}
