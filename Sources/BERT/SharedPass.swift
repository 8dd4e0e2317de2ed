internal import Foundation
internal import Synchronization

// A part is computed by the one thread that took its number, and not before all parts of earlier steps are done; parts of
// one step write what no other of them reads, and `done` hands what was written from thread to thread.
/// One forward pass that several threads compute together, so that a text that comes alone has all cores.
///
/// The thread whose workspace it is leads the pass and needs nobody; others may join at any time with a workspace of
/// their own. Each step is cut into at least as many parts as threads are expected: who takes the next part waits,
/// spinning, for those of the step before. A thread that comes late finds fewer parts; one that comes after the end finds
/// none.
public final class SharedPass: @unchecked Sendable {
    private let encoder: Encoder
    private let batch: TokenBatch
    private let workspace: Workspace
    private let longestSequence: Int
    private let cut: PassCut
    /// Of each step.
    private let partCount: Int
    private let taken = Atomic<Int>(0)
    private let done = Atomic<Int>(0)

    /// Prepares the pass; it begins with ``embed(into:)``.
    ///
    /// - Parameters:
    ///   - batch: at least one token.
    ///   - threads: how many are expected, the leader included.
    ///   - workspace: the leader's.
    public init(_ encoder: Encoder, _ batch: TokenBatch, threads: Int, using workspace: Workspace) {
        precondition(batch.tokenCount > 0, "a pass without tokens has nothing to share")
        self.encoder = encoder
        self.batch = batch
        self.workspace = workspace
        longestSequence = encoder.longestSequence(of: batch)
        let threads = max(1, min(threads, batch.tokenCount / Self.leastRows))
        cut = encoder.cut(tokens: batch.tokenCount, threads: threads)
        partCount = encoder.partCount(threads: threads)
        workspace.reserve(tokens: batch.tokenCount, longestSequence: longestSequence)
    }

    /// Leads the pass to its end and writes the embeddings as ``Encoder/embed(_:using:into:)`` does.
    public func embed(into output: UnsafeMutableBufferPointer<Float>) {
        precondition(
            output.count == batch.count * encoder.embeddingWidth,
            "room for \(output.count) floats, \(batch.count) texts need \(batch.count * encoder.embeddingWidth)")
        computeParts(using: workspace)
        wait(for: stepCount * partCount)
        guard let base = output.baseAddress else { return }
        encoder.pool(workspace.hidden, sequenceOffsets: batch.sequenceOffsets, into: base)
    }

    /// Computes parts until none is left to take.
    ///
    /// - Parameter own: made by an encoder of the same shape, for 8-bit integers where the pass computes with them; not the
    ///   leader's.
    public func help(using own: Workspace) {
        precondition(own !== workspace, "a helper needs a workspace of its own")
        own.reserve(tokens: (batch.tokenCount + partCount - 1) / partCount, longestSequence: longestSequence)
        computeParts(using: own)
    }

    private var stepCount: Int { encoder.stepCount(cut) }

    private func computeParts(using own: Workspace) {
        var part = PassPart(batch: batch, cut: cut, shared: workspace, own: own, count: partCount)
        while true {
            let number = taken.add(1, ordering: .relaxed).oldValue
            let step = number / partCount
            guard step < stepCount else { return }
            wait(for: step * partCount)
            part.index = number % partCount
            encoder.compute(step: step, part)
            done.add(1, ordering: .acquiringAndReleasing)
        }
    }

    /// Returns when that many parts are done. They take less than a millisecond, which a thread that
    /// sleeps would oversleep; one that has waited for long yields its core, which may be what the other lacks.
    private func wait(for count: Int) {
        var looks = 0
        while done.load(ordering: .acquiring) < count {
            looks += 1
            if looks > Self.looksBeforeYielding { sched_yield() }
        }
    }

    /// Threads are not worth their waiting for each other where they have fewer tokens each.
    private static let leastRows = 4
    private static let looksBeforeYielding = 10_000
}
