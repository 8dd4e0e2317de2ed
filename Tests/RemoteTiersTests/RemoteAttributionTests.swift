import Embedding
import LocalTiers
import Pipeline
import TestEncoder
import Testing
import TocsinCore

@Suite("Attributions behind a socket", .enabled(if: TestEncoder.isPresent, "run models/fetch-encoder"))
struct RemoteAttributionTests {
    let local: LocalEmbeddingTier

    init() throws {
        local = LocalEmbeddingTier(try EmbeddingEngine(encoderDirectory: TestEncoder.requireDirectory()))
    }

    private func directions(_ count: Int) -> VectorBlock {
        var block = VectorBlock(dimension: 768)
        for row in 0..<count { block.append((0..<768).map { Float(($0 * 7 + row) % 11) - 5 }) }
        return block
    }

    @Test("the service answers what the engine in this process answers, failures among it")
    func sameAnswer() async throws {
        var rows = directions(2)
        rows.append(Array(repeating: .infinity, count: 768))
        let batch = AttributeBatch(
            texts: ["link eth0 is down", "power supply 2 lost its input", "x"], targets: .directions(rows))
        let expected = try await local.attribute(batch)
        try await Deployment.run(embedding: local) { tiers in
            var remote = try await tiers.embedding.attribute(batch)
            remote.timings = expected.timings
            #expect(remote == expected)
            #expect(remote.failures.keys.sorted() == [2] && remote.texts[1].values.contains { $0 != 0 })
        }
    }

    @Test("a variant that is not loaded, and classes without a head, are refused by name, here and there")
    func refused() async throws {
        let batches = [
            AttributeBatch(texts: ["a"], variant: .dann, targets: .directions(directions(1))),
            AttributeBatch(texts: ["a"], targets: .classes([1])),
        ]
        try await Deployment.run(embedding: local) { tiers in
            for (batch, word) in zip(batches, ["'dann' is not loaded", "'base' has no head"]) {
                for tier in [local, tiers.embedding] as [any EmbeddingTier] {
                    let error = await #expect(throws: TierError.self) { try await tier.attribute(batch) }
                    guard case .invalidRequest(tier: "embedding", let reason) = error else {
                        Issue.record("it was \(String(describing: error))")
                        continue
                    }
                    #expect(reason.contains(word))
                }
            }
        }
    }

    @Test("a caller that goes away ends its attributions")
    func cancelled() async throws {
        let engine = try EmbeddingEngine(encoderDirectory: TestEncoder.requireDirectory())
        let text = String(repeating: "the power supply of shelf 4 lost its input; ", count: 20)
        let batch = AttributeBatch(
            texts: LineBlock(Array(repeating: text, count: 60)), targets: .directions(directions(60)))
        try await Deployment.run(embedding: LocalEmbeddingTier(engine)) { tiers in
            await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { _ = try await tiers.embedding.attribute(batch) }
                while engine.statistics.attributionsInFlight == 0 { await Task.yield() }
                tasks.cancelAll()
                await #expect(throws: CancellationError.self) { try await tasks.waitForAll() }
            }
            while engine.statistics.attributionsInFlight > 0 { try await Task.sleep(for: .milliseconds(5)) }
        }
    }
}
