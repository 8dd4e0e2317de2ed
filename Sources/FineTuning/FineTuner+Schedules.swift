internal import Foundation

extension FineTuner {
    /// The share of the highest learning rate at a point of the training: up evenly, then down to 0 evenly.
    static func learningRateSchedule(_ progress: Float, warmUp: Float) -> Float {
        // A hundredth to begin with: at nothing at all the first step would be lost.
        progress < warmUp ? max(progress / warmUp, 0.01) : max((1 - progress) / (1 - warmUp), 0)
    }

    /// How much of the domain head's gradient is turned against the encoder: `2 / (1 + exp(-10 p)) - 1`, so that the
    /// head learns first. Ganin et al., "Domain-Adversarial Training of Neural Networks", JMLR 2016, section 5.2.2.
    static func reversalSchedule(_ progress: Float) -> Float { 2 / (1 + exp(-10 * progress)) - 1 }

    /// Cuts a step's texts into an even number of pieces of nearly the same number of tokens.
    ///
    /// The texts are dealt out from the longest, each to the piece that has least; pieces of some 512 tokens keep
    /// matrix products fast and what they leave behind small.
    static func pieces(of texts: [FineTuningExample]) -> [[FineTuningExample]] {
        let tokens = texts.reduce(0) { $0 + $1.tokenIDs.count }
        let count = min(texts.count, 2 * max(1, (tokens + 512) / 1_024))
        var pieces = [[FineTuningExample]](repeating: [], count: count)
        var loads = [Int](repeating: 0, count: count)
        let order = texts.indices.sorted {
            (-texts[$0].tokenIDs.count, $0) < (-texts[$1].tokenIDs.count, $1)
        }
        for index in order {
            let piece = loads.indices.min { (loads[$0], $0) < (loads[$1], $1) } ?? 0
            pieces[piece].append(texts[index])
            loads[piece] += texts[index].tokenIDs.count
        }
        return pieces
    }
}
