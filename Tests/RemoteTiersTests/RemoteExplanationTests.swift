import Pipeline
import Testing
import TierDoubles
import TocsinCore

@Suite("Explanations behind a socket") struct RemoteExplanationTests {
    private func rows(_ texts: [String]) -> ClassifyBatch {
        var vectors = VectorBlock(dimension: 768)
        var features = VectorBlock(dimension: 22)
        for text in texts {
            vectors.append(Array(repeating: Float(text.utf8.count), count: 768))
            features.append(Array(repeating: 0, count: 22))
        }
        return ClassifyBatch(
            vectors: vectors, features: features, modelTexts: LineBlock(texts), modelTemplates: LineBlock(texts),
            logTypes: texts.map { _ in "Linux" }, featureSchema: FeatureSchema(version: 1, templateTreeSHA256: "t"),
            encoderSHA256s: ["e"])
    }

    @Test("the service answers what the tier in this process answers, failures among it")
    func sameAnswer() async throws {
        let local = RecordingClassifier()
        let batch = ExplainBatch(
            rows: rows(["fan 3 stopped", "unclassifiable", ""]), classes: [.hardwareIssue, .normal, .configError])
        let expected = try await local.explain(batch)
        try await Deployment.run(classifying: local) { tiers in
            let remote = try await tiers.classifying.explain(batch)
            #expect(remote == expected)
            #expect(try remote.explanations[0].get().anomalyClass == .hardwareIssue)
            #expect(throws: ItemFailure.self) { try remote.explanations[1].get() }
        }
    }
}
