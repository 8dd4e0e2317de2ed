import Foundation
import Testing
import TocsinCore

@testable import Classification

@Suite("A model's measured figures")
struct EvaluationFileTests {
    private let folder: ModelsFolder

    init() throws { folder = try ModelsFolder() }

    private static let quality = ModelQuality(
        macroF1: 0.5, macroF1Interval: 0.4...0.6, accuracy: 0.75, calibrationError: 0.125,
        confusion: AnomalyClass.allCases.map { row in AnomalyClass.allCases.map { row == $0 ? 3 : 0 } },
        reliability: [.init(confidence: 0.95, accuracy: 1, count: 21)])

    /// The folder of `ml` with a file of figures beside its booster.
    private func write(_ bytes: [UInt8]) throws {
        let artifact = try folder.addModel()
        try ModelArtifact.write(
            artifact.manifest, files: artifact.files.merging([EvaluationFile.name: bytes]) { $1 },
            to: folder.folder(of: .ml))
    }

    @Test("what was written is what the classifier says of the model")
    func roundTrip() throws {
        let evaluation = ["T": Self.quality, "S": Self.quality]
        try write(EvaluationFile.encoded(evaluation))
        let details = try #require(try ClassificationEngine(modelsDirectory: folder.path).models[0].details)
        #expect(details.evaluation == evaluation)
        #expect(details.evaluation["T"]?.templateCount == 21)
        #expect(details.files.map(\.path) == ["ml/booster.ubj", "ml/evaluation.json"])
    }

    @Test("a model without the file has no figures")
    func absent() throws {
        try folder.addModel()
        #expect(try ClassificationEngine(modelsDirectory: folder.path).models[0].details?.evaluation == [:])
    }

    @Test("a model that is loaded anew has its new figures")
    func reload() throws {
        try folder.addModel()
        let engine = try ClassificationEngine(modelsDirectory: folder.path)
        try write(EvaluationFile.encoded(["T": Self.quality]))
        try engine.reload(.ml, from: folder.path)
        #expect(engine.models[0].details?.evaluation == ["T": Self.quality])
    }

    struct Flaw: Sendable {
        let message: String
        let make: @Sendable (inout ModelQuality) -> Void

        init(_ message: String, _ make: @escaping @Sendable (inout ModelQuality) -> Void) {
            self.message = message
            self.make = make
        }
    }

    @Test(
        "figures that no measurement gives are refused by their name",
        arguments: [
            Flaw("macro_f1 of protocol T is 1.5") { $0.macroF1 = 1.5 },
            Flaw("macro_f1_interval of protocol T is -1.0") { $0.macroF1Interval = -1...0 },
            Flaw("reliability.accuracy of protocol T is 2.0") { $0.reliability[0].accuracy = 2 },
            Flaw("reliability.count of protocol T is -1") { $0.reliability[0].count = -1 },
            Flaw("confusion of protocol T is rows of [7, 7, 6, 7, 7, 7, 7]") { $0.confusion[2].removeLast() },
            Flaw("confusion of protocol T is rows of []") { $0.confusion = [] },
            Flaw("confusion of protocol T is 9223372036854775807") { $0.confusion[0][0] = .max },
        ])
    func flawed(flaw: Flaw) throws {
        var quality = Self.quality
        flaw.make(&quality)
        try write(EvaluationFile.encoded(["T": quality]))
        let error = try #require(throws: ModelError.self) { try ClassificationEngine(modelsDirectory: folder.path) }
        #expect("\(error)".contains(EvaluationFile.name) && "\(error)".contains(flaw.message), "\(error)")
    }

    @Test("a file that is cut or no figures is refused", arguments: ["", "[]", #"{"T": {}}"#, #"{"T": {"macroF1": 1"#])
    func malformed(text: String) throws {
        try write(Array(text.utf8))
        let error = try #require(throws: ModelError.self) { try ClassificationEngine(modelsDirectory: folder.path) }
        #expect("\(error)".contains(EvaluationFile.name))
    }
}
