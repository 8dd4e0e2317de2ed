import BERT
import Foundation
import MatrixMath

/// The matrix products of an encoder's linear layers and nothing else: what its forward passes are measured against.
struct LinearProducts: Sendable {
    private let sizes: BERTConfiguration
    /// Rows of each pass.
    private let passes: [Int]

    /// - Parameters:
    ///   - tokens: of all passes together.
    ///   - rows: the most tokens of one pass.
    ///   - threads: each has as many passes, all of one size, so that none waits for another at the end.
    init(_ sizes: BERTConfiguration, tokens: Int, rows: Int, threads: Int) {
        self.sizes = sizes
        let count = (tokens + rows * threads - 1) / (rows * threads) * threads
        passes = (0..<count).map { ($0 + 1) * tokens / count - $0 * tokens / count }
    }

    /// How long they take on that many threads, each with passes of its own.
    func time(threads: Int) -> Duration {
        let finished = DispatchSemaphore(value: 0)
        let start = ContinuousClock.now
        for worker in 0..<threads {
            Thread {
                multiply(stride(from: worker, to: passes.count, by: threads).map { passes[$0] })
                finished.signal()
            }.start()
        }
        for _ in 0..<threads { finished.wait() }
        return start.duration(to: .now)
    }

    private func multiply(_ passes: [Int]) {
        let (hidden, inner, most) = (sizes.hiddenSize, sizes.intermediateSize, passes.max() ?? 0)
        let input = [Float](repeating: 0.01, count: most * max(inner, hidden))
        let weight = [Float](repeating: 0.01, count: max(3 * hidden, inner) * hidden)
        var output = [Float](repeating: 0, count: most * max(3 * hidden, inner))
        output.withUnsafeMutableBufferPointer { output in
            guard let base = output.baseAddress else { return }
            for rows in passes {
                for _ in 0..<sizes.layerCount {
                    for (outputs, inputs) in [(3 * hidden, hidden), (hidden, hidden), (inner, hidden), (hidden, inner)]
                    {
                        MatrixMath.multiply(
                            MatrixView(input, rows: rows, columns: inputs),
                            transposed: MatrixView(weight, rows: outputs, columns: inputs),
                            into: MutableMatrixView(base, rows: rows, columns: outputs))
                    }
                }
            }
        }
    }
}
