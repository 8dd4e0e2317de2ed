public import BERT
internal import BERTGradients
internal import Foundation
internal import Heads
internal import MatrixMath
internal import TocsinCore

/// Trains low-rank adapters and heads over an encoder, step by step.
///
/// A step's texts are cut into pieces of equal work; each thread computes pieces of its own with one-threaded products
/// and their gradients are summed in the order of the pieces, so the result does not depend on the threads.
public final class FineTuner {
    public let options: FineTuningOptions
    public private(set) var state: FineTuningState
    let layout: ParameterLayout
    private let adapted: AdaptedEncoder
    private let examples: [FineTuningExample]
    private let decays: [Bool]
    private let workers: Workers
    /// This epoch's order of the examples.
    private var order: [Int]

    /// What one step reports.
    public struct Step: Sendable, Hashable {
        /// Weighted mean over the step's texts.
        public var labelLoss: Double
        /// Mean over the step's texts; 0 without a domain head.
        public var domainLoss: Double
        /// The share of the whole training that is done.
        public var progress: Double
        public var isEndOfEpoch: Bool
    }

    /// - Parameters:
    ///   - encoderSHA256: of the encoder's weights, for the state's fingerprint.
    ///   - start: numbers of an earlier training to begin with; nil draws them by the seed.
    ///   - state: goes on from there; nil begins anew.
    public init(
        encoder: Encoder, encoderSHA256: String, examples: [FineTuningExample], classCount: Int,
        options: FineTuningOptions, threads: Int, start: [Float]? = nil, state: FineTuningState? = nil
    ) {
        precondition(!examples.isEmpty && threads > 0, "\(examples.count) texts on \(threads) threads")
        OpenBLAS.threadsPerProduct = 1
        self.options = options
        self.examples = examples
        layout = ParameterLayout(
            encoder.configuration, embeddingWidth: encoder.embeddingWidth, classCount: classCount, options: options)
        decays = layout.decays
        let adapted = AdaptedEncoder(encoder, layout: layout, scale: options.adapterScale)
        self.adapted = adapted
        workers = Workers((0..<threads).map { [layout] _ in PieceWorker(adapted, layout: layout) })
        self.state =
            state
            ?? FineTuningState(
                fingerprint: Self.fingerprint(
                    encoderSHA256: encoderSHA256, examples: examples, options: options, start: start),
                parameters: start ?? layout.initialParameters(seed: options.seed), optimizer: AdamW(count: layout.count)
            )
        precondition(
            self.state.parameters.count == layout.count,
            "a state of \(self.state.parameters.count) numbers for a model of \(layout.count)")
        order = []
        order = shuffledOrder()
    }

    /// What identifies a training: the same fingerprint ends with the same numbers.
    public static func fingerprint(
        encoderSHA256: String, examples: [FineTuningExample], options: FineTuningOptions, start: [Float]? = nil
    ) -> String {
        var text = "\(encoderSHA256) \(options)\n"
        if let start { text += "\(start.map(\.bitPattern))\n" }
        for example in examples {
            text += "\(example.tokenIDs) \(example.features) \(example.label) \(example.weight) \(example.domain)\n"
        }
        return SHA256.hexadecimalDigest(of: Array(text.utf8))
    }

    /// Whether every epoch is done, or so many went by without a better validation score that more are not worth it.
    public var isFinished: Bool {
        state.epoch >= options.epochs || state.best.map { state.epoch - $0.epoch >= options.patience } ?? false
    }

    /// The share of the training that is done, 0...1.
    public var progress: Float {
        (Float(state.epoch) + Float(state.textsDone) / Float(examples.count)) / Float(options.epochs)
    }

    /// Learns from the next texts.
    public func step() -> Step {
        precondition(!isFinished, "the training is finished after \(state.epoch) epochs")
        let texts = nextTexts()
        let before = progress
        let (losses, gradient) = gradient(of: texts, reversal: options.reversal * Self.reversalSchedule(before))
        var clipped = gradient
        AdamW.clip(&clipped, norm: options.clipNorm)
        let share = Self.learningRateSchedule(before, warmUp: options.warmUpShare)
        let (adapterRate, headRate) = (options.learningRate * share, options.headLearningRate * share)
        let adapters = layout.adapters
        state.update(
            gradient: clipped, learningRate: { adapters.contains($0) ? adapterRate : headRate },
            weightDecay: options.weightDecay, decays: decays)

        state.textsDone += texts.count
        let isEndOfEpoch = state.textsDone == examples.count
        if isEndOfEpoch {
            state.epoch += 1
            state.textsDone = 0
            order = shuffledOrder()
        }
        return Step(
            labelLoss: losses.label, domainLoss: losses.domain, progress: Double(progress),
            isEndOfEpoch: isEndOfEpoch)
    }

    /// The losses of texts and their derivative by all learned numbers.
    func gradient(of texts: [FineTuningExample], reversal: Float) -> (losses: (label: Double, domain: Double), [Float])
    {
        let settings = StepSettings(
            totalWeight: texts.reduce(0) { $0 + $1.weight }, textCount: texts.count, dropoutRate: options.dropout,
            seed: UInt64(bitPattern: Int64(options.seed)) &* 0x2545_F491_4F6C_DD1D &+ UInt64(state.optimizer.step),
            labelSmoothing: options.labelSmoothing, reversal: reversal)
        let pieces = Self.pieces(of: texts)
        let results = withMergedParameters { parameters in
            workers.map(pieces.count) { worker, piece in
                worker.run(pieces[piece], piece: piece, settings: settings, parameters: parameters.base)
            }
        }
        var sum = [Float](repeating: 0, count: layout.count)
        for result in results {
            for index in sum.indices { sum[index] += result.gradient[index] }
        }
        return (
            (results.reduce(0) { $0 + $1.labelLoss }, results.reduce(0) { $0 + $1.domainLoss }), sum
        )
    }

    /// The logits of texts by the numbers as they are now, `[texts, classes]`.
    public func logits(_ texts: [FineTuningExample]) -> [Float] {
        let pieces = stride(from: 0, to: texts.count, by: Self.textsAtOnce).map {
            Array(texts[$0..<min($0 + Self.textsAtOnce, texts.count)])
        }
        return withMergedParameters { parameters in
            workers.map(pieces.count) { worker, piece in
                worker.logits(pieces[piece], parameters: parameters.base)
            }
        }.flatMap { $0 }
    }

    /// Notes the score of the epoch that just ended, and its numbers where none before scored better.
    public func note(validationScore score: Double) {
        if score > state.best?.score ?? -1 {
            state.best = FineTuningState.Best(epoch: state.epoch, score: score, parameters: state.parameters)
        }
    }

    /// Takes the numbers of the best epoch, where one was noted.
    public func useBest() {
        if let best = state.best { state.parameters = best.parameters }
    }

    private func withMergedParameters<Result>(_ body: (SharedParameters) -> Result) -> Result {
        state.parameters.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("a model without numbers") }
            adapted.merge(base)
            return body(SharedParameters(base: base))
        }
    }

    private func shuffledOrder() -> [Int] {
        var generator = SeededGenerator(seed: options.seed &* 1_000_003 &+ state.epoch)
        return examples.indices.shuffled(using: &generator)
    }

    /// Texts in this epoch's order until they have `batchTokens` tokens.
    private func nextTexts() -> [FineTuningExample] {
        var texts: [FineTuningExample] = []
        var tokens = 0
        for index in order[state.textsDone...] {
            let text = examples[index]
            if !texts.isEmpty, tokens + text.tokenIDs.count > options.batchTokens { break }
            texts.append(text)
            tokens += text.tokenIDs.count
        }
        return texts
    }

    private static let textsAtOnce = 16
}

// What it points to is written before the threads begin and not before they end.
/// What all threads read while a step runs.
struct SharedParameters: @unchecked Sendable {
    let base: UnsafePointer<Float>
}
