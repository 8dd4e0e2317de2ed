internal import CVectorKernels

/// The shape of multi-head self-attention.
public struct Attention: Sendable, Hashable {
    public let headCount: Int
    /// Components of one head.
    public let headSize: Int

    public init(headCount: Int, headSize: Int) {
        precondition(headCount > 0 && headSize > 0, "\(headCount) heads of \(headSize) components")
        self.headCount = headCount
        self.headSize = headSize
    }

    /// Floats of scratch memory that a sequence of that length needs.
    public func scratchCount(tokens: Int) -> Int { tocsin_attention_scratch(tokens, headSize) }

    /// Lets one sequence's tokens attend to each other: `softmax(query · keyᵀ / √headSize) · value`, head by head.
    ///
    /// - Parameters:
    ///   - queryKeyValue: `[tokens, 3 · headCount · headSize]`: query, key and value side by side.
    ///   - heads: those to compute; all where nil.
    ///   - scratch: `scratchCount(tokens:)` floats.
    ///   - context: `[tokens, headCount · headSize]`; the heads' components are overwritten.
    public func apply(
        _ queryKeyValue: MatrixView, heads: Range<Int>? = nil, scratch: UnsafeMutablePointer<Float>,
        into context: MutableMatrixView
    ) {
        let heads = heads ?? 0..<headCount
        precondition(heads.lowerBound >= 0 && heads.upperBound <= headCount, "heads \(heads) of \(headCount)")
        let width = headCount * headSize
        precondition(
            queryKeyValue.columns == 3 * width && context.columns == width && queryKeyValue.rows == context.rows,
            "[\(queryKeyValue.rows), \(queryKeyValue.columns)] does not fit "
                + "[\(context.rows), \(context.columns)]")
        tocsin_attention(
            queryKeyValue.base, queryKeyValue.stride, queryKeyValue.rows, headCount, headSize, heads.lowerBound,
            heads.upperBound, 1 / Float(headSize).squareRoot(), scratch, context.base, context.stride)
    }
}
