import BERT
import Foundation
import TestEncoder
import Testing

@testable import FineTuning

@Suite(.enabled(if: TestEncoder.isPresent)) struct FineTunerTests {
    /// Three kinds of texts, told apart by one token each.
    private static let examples: [FineTuningExample] = (0..<30).map { index in
        let words: [Int32] = (0..<3 + index % 5).map { place in Int32(2_000 + 37 * index + place) }
        let kind = Int32(3_000 + 500 * (index % 3))
        return FineTuningExample(
            tokenIDs: [101] + words + [kind, 102], features: [Float(index % 7)], label: index % 3,
            weight: index % 2 == 0 ? 1 : 0.5, domain: index % 4)
    }

    private static var options: FineTuningOptions {
        var options = FineTuningOptions()
        options.rank = 2
        options.featureCount = 1
        options.domainCount = 4
        options.domainHeadWidths = [6]
        options.batchTokens = 60
        options.epochs = 2
        options.learningRate = 2e-3
        options.seed = 3
        return options
    }

    private func tuner(threads: Int, state: FineTuningState? = nil) throws -> FineTuner {
        FineTuner(
            encoder: try TestCheckpoint.loaded().encoder, encoderSHA256: "e", examples: Self.examples, classCount: 3,
            options: Self.options, threads: threads, state: state)
    }

    @Test("a killed run that goes on from its file ends with the very numbers of one that was not killed")
    func resume() throws {
        let whole = try tuner(threads: 2)
        while !whole.isFinished { _ = whole.step() }

        let path = FileManager.default.temporaryDirectory.appendingPathComponent("state-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let killed = try tuner(threads: 2)
        for _ in 0..<3 { _ = killed.step() }
        try killed.state.write(to: path)
        for _ in 0..<2 { _ = killed.step() }

        let state = try FineTuningState(path: path, fingerprint: killed.state.fingerprint)
        let resumed = try tuner(threads: 1, state: state)
        while !resumed.isFinished { _ = resumed.step() }
        #expect(resumed.state == whole.state)
        #expect(whole.state.parameters != killed.state.parameters)
    }

    @Test("a state of another training is refused")
    func otherTraining() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("state-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try tuner(threads: 1).state.write(to: path)
        var options = Self.options
        options.seed = 4
        let other = FineTuner.fingerprint(encoderSHA256: "e", examples: Self.examples, options: options)
        #expect(throws: FineTuningStateError.otherTraining(path: path)) {
            try FineTuningState(path: path, fingerprint: other)
        }
        try Data("{".utf8).write(to: URL(filePath: path))
        #expect(throws: FineTuningStateError.self) { try FineTuningState(path: path, fingerprint: "") }
    }

    @Test("texts that one token tells apart are learned")
    func learns() throws {
        var options = Self.options
        options.domainCount = 0
        options.epochs = 12
        let tuner = FineTuner(
            encoder: try TestCheckpoint.loaded().encoder, encoderSHA256: "e", examples: Self.examples, classCount: 3,
            options: options, threads: 2)
        let first = tuner.step().labelLoss
        var last = first
        while !tuner.isFinished { last = tuner.step().labelLoss }
        #expect(last < first / 2)
        let logits = tuner.logits(Self.examples)
        let right = Self.examples.indices.count { index in
            let row = logits[index * 3..<index * 3 + 3]
            return row.firstIndex(of: row.max() ?? 0) == index * 3 + Self.examples[index].label
        }
        #expect(right >= 28)
    }

    @Test("the best epoch's numbers are kept, and epochs without a better score end the training")
    func earlyStopping() throws {
        var options = Self.options
        options.epochs = 9
        options.patience = 2
        let tuner = FineTuner(
            encoder: try TestCheckpoint.loaded().encoder, encoderSHA256: "e", examples: Self.examples, classCount: 3,
            options: options, threads: 1)
        var numbers: [[Float]] = []
        for score in [0.5, 0.7, 0.6, 0.7] {
            #expect(!tuner.isFinished)
            while !tuner.step().isEndOfEpoch {}
            numbers.append(tuner.state.parameters)
            tuner.note(validationScore: score)
        }
        #expect(tuner.isFinished && tuner.state.best?.epoch == 2)
        tuner.useBest()
        #expect(tuner.state.parameters == numbers[1] && numbers[1] != numbers[3])
    }

    @Test("pieces hold every text once, in nearly equal work")
    func pieces() {
        let texts = (0..<200).map { FineTuningExample(tokenIDs: [Int32](repeating: 1, count: 3 + $0 % 40), label: $0) }
        let pieces = FineTuner.pieces(of: texts)
        #expect(pieces.flatMap { $0 }.map(\.label).sorted() == Array(0..<200))
        #expect(pieces.count.isMultiple(of: 2))
        let loads = pieces.map { $0.reduce(0) { $0 + $1.tokenIDs.count } }
        #expect((loads.max() ?? 0) - (loads.min() ?? 0) <= 42)
        #expect(FineTuner.pieces(of: Array(texts[..<1])).count == 1)
    }

    @Test("the learning rate rises, then falls to nothing; the reversal rises to one")
    func schedules() {
        #expect(FineTuner.learningRateSchedule(0, warmUp: 0.1) > 0)
        #expect(FineTuner.learningRateSchedule(0.05, warmUp: 0.1) == 0.5)
        #expect(FineTuner.learningRateSchedule(0.1, warmUp: 0.1) == 1)
        #expect(FineTuner.learningRateSchedule(1, warmUp: 0.1) == 0)
        #expect(FineTuner.reversalSchedule(0) == 0)
        #expect(FineTuner.reversalSchedule(1) > 0.999)
    }
}
