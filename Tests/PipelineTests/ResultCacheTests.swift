import Testing
import TocsinCore

@testable import Pipeline

/// What the cache of verdicts tells apart: everything that a verdict depends on.
@Suite struct ResultCacheTests {
    private static let line = ParsedLine(
        logType: "Linux", formatConfidence: 1, content: "disk full",
        template: MinedTemplate(id: "1", text: "disk full", typedText: "disk full", parameters: []),
        modelTemplate: "disk full", modelText: "error disk full", features: [1, 2])

    private static func changed(_ change: (inout ParsedLine) -> Void) -> VerdictKey {
        var line = line
        change(&line)
        return VerdictKey(line, context: 1)
    }

    @Test("lines share a verdict where all that models read is the same, whatever else they differ in")
    func key() {
        let key = VerdictKey(Self.line, context: 1)
        #expect(
            Self.changed {
                $0.content = "Disk full"
                $0.template.id = "2"
            } == key)
        let others = [
            Self.changed { $0.modelText = "warning disk full" }, Self.changed { $0.modelTemplate = "disk <*>" },
            Self.changed { $0.logType = "Mac" }, Self.changed { $0.features = [1, 3] },
            VerdictKey(Self.line, context: 2),
        ]
        #expect(Set(others + [key]).count == 6)
    }

    private static func infos(
        classifier: String = "1", embedding: String = "1", encoder: String = "MiniLM fp32", sha256: String = "e"
    ) -> TierCatalog.Infos {
        func info(_ tier: String, _ version: String, _ models: [ModelInfo]) -> TierInfo {
            TierInfo(
                tier: tier, version: version, maxBatchItems: 1, maxItemBytes: 1, maxMessageBytes: 1, models: models)
        }
        let model = ModelInfo(name: "base", algorithm: encoder, version: "1", sha256: sha256, isActive: true)
        return TierCatalog.Infos(
            parsing: info("parser", "1", []), embedding: info("embedding", embedding, [model]),
            classifying: info("classifier", classifier, []))
    }

    private static func context(
        _ infos: TierCatalog.Infos = infos(), model: String = "ml", version: String = "1", sha256: String = "m",
        schema: String = "t"
    ) -> ResultContext {
        ResultContext(
            model: ModelInfo(name: model, algorithm: "XGBoost", version: version, sha256: sha256, isActive: true),
            schema: FeatureSchema(version: 1, templateTreeSHA256: schema), infos: infos)
    }

    @Test("models, versions, precisions, encoders and feature schemas each have verdicts of their own")
    func contexts() {
        let cache = ResultCache(vectorBytes: 1000, verdictBytes: 1000)
        let contexts = [
            Self.context(), Self.context(model: "lora"), Self.context(version: "2"), Self.context(sha256: "n"),
            Self.context(schema: "u"), Self.context(Self.infos(classifier: "2")),
            Self.context(Self.infos(embedding: "2")), Self.context(Self.infos(encoder: "MiniLM int8")),
            Self.context(Self.infos(sha256: "f")),
        ]
        #expect(Set(contexts.map(cache.number)).count == contexts.count)
        #expect(cache.number(of: Self.context()) == cache.number(of: Self.context()))
    }
}
