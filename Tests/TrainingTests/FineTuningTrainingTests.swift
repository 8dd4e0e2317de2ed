import BERT
import Classification
import Drain
import Embedding
import FineTuning
import Foundation
import Heads
import LogFormats
import LogParsing
import TestEncoder
import Testing
import TocsinCore
import WordPiece

@testable import Training

@Suite(.enabled(if: TestEncoder.isPresent, "SKIPPED: there is no encoder; run models/fetch-encoder"))
struct FineTuningTrainingTests {
    private static let checkpoint = Result { try Checkpoint(directory: TestEncoder.requireDirectory()) }
    private let checkpoint: Checkpoint
    private let parser: LineParser
    private let logHub = LogHub(lines: SampleLines.lines(variants: 4), templates: SampleLines.templates)

    init() throws {
        checkpoint = try Self.checkpoint.get()
        parser = LineParser(library: try .standard(), frozenTree: FrozenTree(typedTexts: []))
    }

    private func texts() throws -> FineTuningTexts {
        FineTuningTexts(
            try PreparedLines(logHub.lines, parser: parser), templates: logHub.templates, checkpoint: checkpoint)
    }

    @Test("what validates has no event template and no text in common with what is learned", arguments: 1...5)
    func validation(seed: Int) throws {
        let texts = try texts()
        let lines = Array(logHub.lines.indices)
        let parts = texts.split(lines, validationShare: 0.3, seed: seed)
        #expect(!parts.validation.isEmpty && Set(parts.training).isDisjoint(with: parts.validation))
        func templates(_ lines: [Int]) -> Set<String?> { Set(lines.map { logHub.lines[$0].templateID }) }
        #expect(templates(parts.training).isDisjoint(with: templates(parts.validation)))
        func words(_ lines: [Int]) -> [Int] { lines.map { texts.prepared.textOfLine[$0] } }
        #expect(Set(words(parts.training)).isDisjoint(with: words(parts.validation)))
        #expect(Set(words(parts.validation)).count == parts.validation.count)
        #expect(texts.split(lines, validationShare: 0.3, seed: seed).validation == parts.validation)
    }

    @Test("what is written gives what was trained its margins back", arguments: [ModelName.lora, .dann, .hybrid])
    func serves(model: ModelName) throws {
        var options = FineTuningTraining.Options(model, seed: 1, threads: 1)
        options.secondEpochs = 1
        options.validationShare = 0
        let fit = FineTuningFit(texts: try texts(), checkpoint: checkpoint, options: options, kin: [:])
        let labels = logHub.lines.map(\.label.rawValue)
        let fitted = try fit.run(lines: Array(labels.indices), labels: labels) { _ in }
        let folder = try TemporaryFolder()
        let artifact = try FineTunedModel(
            fitted, prepared: fit.texts.prepared, labels: labels, checkpoint: checkpoint, options: options
        ).write(to: folder.path)

        let path = "\(folder.path)/\(model.rawValue)/\(EncoderSet.adapterFileName)"
        let encoder = try checkpoint.encoder(merging: EncoderAdapters(path: path, for: checkpoint))
        let head = try TrainedHead(json: #require(artifact.files[TrainedHead.fileName]))
        #expect(head.features.count == (model == .hybrid ? 4 : 0))
        let workspace = encoder.makeWorkspace()
        for line in [0, 30, 70] {
            let example = fit.texts.example(line, label: 0, features: head.features)
            var batch = TokenBatch()
            batch.append(example.tokenIDs)
            var vector = [Float](repeating: 0, count: encoder.embeddingWidth)
            vector.withUnsafeMutableBufferPointer { encoder.embed(batch, using: workspace, into: $0) }
            let served = head.head.logits(vector + example.features)
            for (served, trained) in zip(served, fitted.margins([line])) { #expect(abs(served - trained) < 1e-4) }
        }
        #expect(artifact.manifest.encoderSHA256 == artifact.manifest.files[EncoderSet.adapterFileName]?.sha256)
        try artifact.verify()
    }

    @Test("a killed training goes on from its state and ends with the same numbers")
    func resume() throws {
        var options = FineTuningTraining.Options(.lora, seed: 2, threads: 1)
        options.validationShare = 0
        let fit = FineTuningFit(texts: try texts(), checkpoint: checkpoint, options: options, kin: [:])
        let labels = logHub.lines.map(\.label.rawValue)
        let lines = Array(labels.indices)
        let whole = try fit.run(lines: lines, labels: labels) { _ in }

        // The state at the end of the first epoch is what a run that is killed in the second leaves behind.
        let folder = try TemporaryFolder(), kept = try TemporaryFolder()
        _ = try fit.run(lines: lines, labels: labels, folder: folder.path) { progress in
            guard progress.share > 0.6, (try? FileManager.default.contentsOfDirectory(atPath: kept.path)) == [] else {
                return
            }
            for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
                try? FileManager.default.copyItem(atPath: "\(folder.path)/\(name)", toPath: "\(kept.path)/\(name)")
            }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: kept.path).count == 1)
        let resumed = try fit.run(lines: lines, labels: labels, folder: kept.path) { _ in }
        #expect(resumed.tuner.state.parameters == whole.tuner.state.parameters)
    }
}
