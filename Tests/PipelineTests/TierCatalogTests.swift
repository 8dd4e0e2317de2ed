import Testing
import TierDoubles
import TocsinCore

@testable import Pipeline

@Suite struct TierCatalogTests {
    @Test("what the tiers said before they were forgotten is not kept when it comes afterwards")
    func forgotten() async throws {
        let (began, begin) = AsyncStream.makeStream(of: Void.self)
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        var other = RecordingClassifier.ml
        other.name = "other"
        other.isActive = false
        let classifier = RecordingClassifier(
            models: [RecordingClassifier.ml, other],
            onInfo: {
                begin.yield()
                for await _ in released {}
            })
        let start = ContinuousClock.now
        let catalog = TierCatalog(
            Tiers(parsing: RecordingParser(), embedding: RecordingEmbedder(), classifying: classifier),
            lifetime: .seconds(1), now: { start })
        async let early = catalog.infos()
        for await _ in began { break }
        try await classifier.activate("other")
        await catalog.forget()
        release.finish()
        #expect(try await early.model(named: nil).name == "ml")
        #expect(try await catalog.infos().model(named: nil).name == "other")
        _ = try await catalog.infos()
        #expect(classifier.infoCalls == 2, "what was said since is kept")
    }
}
