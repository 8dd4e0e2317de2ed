import BERT
import Classification
import Drain
import Embedding
import Foundation
import LogFormats
import LogParsing
import TestEncoder
import Testing
import TocsinCore

@testable import Training

/// The documented examples, and twenty other ways of saying each, which no model was trained on.
@Suite(.enabled(if: TestEncoder.isPresent, "SKIPPED: there is no encoder; run models/fetch-encoder"))
struct DocumentedLinesTests {
    private static let lines = Result {
        try LabelledFile.read(
            URL(filePath: #filePath).deletingLastPathComponent().appending(path: "documented/lines.jsonl").path)
    }
    private static let models = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "models").path
    /// The models that are here.
    private static let names = ModelName.allCases.filter { name in
        FileManager.default.fileExists(atPath: "\(models)/\(name.rawValue)/\(ModelManifest.fileName)")
    }

    @Test("nine in ten of the documented lines and their paraphrases get the documented class", arguments: names)
    func classes(name: ModelName) async throws {
        let lines = try Self.lines.get()
        #expect(lines.count == 8 * 21)
        let tree = URL(filePath: "\(Self.models)/templates/\(ModelTraining.templatesFileName)")
        let (report, _, _) = try await LabelledFileEvaluation.run(
            on: lines, model: name.rawValue,
            parser: LineParser(library: .standard(), frozenTree: FrozenTree(decoding: Array(Data(contentsOf: tree)))),
            embedder: EmbeddingEngine(
                EncoderSet(
                    Checkpoint(directory: TestEncoder.requireDirectory()), modelsDirectory: Self.models)),
            classifier: ClassificationEngine(modelsDirectory: Self.models), training: [])
        let accuracy = try #require(report.rows.first).perTemplate.accuracy
        #expect(accuracy >= 0.9, "\(name.rawValue) gets \(accuracy) of them right")
    }

    @Test("no line of them was trained on")
    func unseen() throws {
        let learned = Set(try Corpus(directory: Self.models + "/corpus").lines.map(\.line))
        #expect(try Self.lines.get().allSatisfy { !learned.contains($0.line) })
    }
}
