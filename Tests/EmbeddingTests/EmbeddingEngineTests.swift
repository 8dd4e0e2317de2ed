import TestEncoder
import Testing
import TocsinCore

@testable import Embedding

@Suite("The embedding engine", .enabled(if: TestEncoder.isPresent, "run models/fetch-encoder"))
struct EmbeddingEngineTests {
    let engine: EmbeddingEngine

    init() throws {
        engine = try EmbeddingEngine(encoderDirectory: TestEncoder.requireDirectory(), version: "1.2.3")
    }

    @Test("vectors come in the order of the texts, equal texts with equal vectors")
    func order() async throws {
        let texts: LineBlock = ["fan 2 stopped", "login of root refused", "fan 2 stopped", ""]
        let together = try await engine.embed(EmbedBatch(texts: texts))
        #expect(together.vectors.count == 4 && together.vectors.dimension == 768)
        #expect(together.vectors[0] == together.vectors[2])
        #expect(together.tokenCounts[3] == 2)
        for (row, text) in texts.enumerated() {
            var alone = LineBlock()
            alone.append(text)
            let other = try EmbeddingEngine(encoderDirectory: TestEncoder.requireDirectory())
            let vector = try await other.embed(EmbedBatch(texts: alone)).vectors[0]
            for (a, b) in zip(vector, together.vectors[row]) { #expect(abs(a - b) < 1e-5) }
        }
    }

    @Test("an empty batch has an empty answer")
    func empty() async throws {
        let answer = try await engine.embed(EmbedBatch(texts: []))
        #expect(answer.vectors.count == 0 && answer.tokenCounts.isEmpty && answer.failures.isEmpty)
    }

    @Test("a variant without adapters is refused by name")
    func variant() async throws {
        await #expect(throws: EmbeddingError.variantNotLoaded(.lora, loaded: [.base])) {
            try await engine.embed(EmbedBatch(texts: ["a"], variant: .lora))
        }
    }

    @Test("an engine of 8 bits gives single precision where it is asked for, each with a vector of its own")
    func precisions() async throws {
        let quick = try EmbeddingEngine(encoderDirectory: TestEncoder.requireDirectory(), precision: .int8)
        let texts: LineBlock = ["fan 2 stopped", "login of root refused"]
        let own = try await quick.embed(EmbedBatch(texts: texts))
        let exact = try await quick.embed(EmbedBatch(texts: texts, precision: .fp32))
        #expect(own.precision == .int8 && exact.precision == .fp32)
        #expect(quick.statistics.cachedVectors == 4 && quick.statistics.cacheHits == 0)
        #expect(own.vectors != exact.vectors && own.encoderSHA256 == exact.encoderSHA256)
        let expected = try await engine.embed(EmbedBatch(texts: texts, precision: .fp32))
        for row in 0..<texts.count {
            for (a, b) in zip(exact.vectors[row], expected.vectors[row]) { #expect(abs(a - b) < 1e-5) }
        }
        #expect(try await quick.embed(EmbedBatch(texts: texts, precision: .int8)).vectors == own.vectors)
    }

    @Test("an engine of single precision has no 8-bit vectors, and says so")
    func otherPrecision() async throws {
        let error = EmbeddingError.precisionNotLoaded(.int8, loaded: .fp32)
        await #expect(throws: error) { try await engine.embed(EmbedBatch(texts: ["a"], precision: .int8)) }
        #expect(error.description.contains("--precision int8"))
    }

    @Test("a text that was embedded is not computed again")
    func cache() async throws {
        let first = try await engine.embed(EmbedBatch(texts: ["power supply 1 lost input"]))
        #expect(engine.statistics.cacheHits == 0 && engine.statistics.cachedVectors == 1)
        let second = try await engine.embed(EmbedBatch(texts: ["power supply 1 lost input"]))
        #expect(engine.statistics.cacheHits == 1 && engine.statistics.cachedVectors == 1)
        #expect(first.vectors == second.vectors)
        #expect(second.timings.forward == .zero)
    }

    @Test("many callers at once all get their own vectors")
    func concurrentCallers() async throws {
        let expected = try await engine.embed(EmbedBatch(texts: LineBlock((0..<40).map { "queue \($0) is full" })))
        let other = try EmbeddingEngine(encoderDirectory: TestEncoder.requireDirectory())
        try await withThrowingTaskGroup(of: (Int, EmbeddedBatch).self) { group in
            for caller in 0..<80 {
                group.addTask {
                    (caller % 40, try await other.embed(EmbedBatch(texts: ["queue \(caller % 40) is full"])))
                }
            }
            for try await (row, answer) in group {
                for (a, b) in zip(answer.vectors[0], expected.vectors[row]) { #expect(abs(a - b) < 1e-5) }
            }
        }
    }

    @Test("bytes that are not UTF-8 and a megabyte of text are embedded like any other")
    func hostile() async throws {
        var texts = LineBlock()
        texts.append([0xFF, 0x00, 0xC3, 0x28])
        texts.append(Array(repeating: UInt8(ascii: "x"), count: 1 << 20))
        texts.append(Array(String(repeating: "disk full ", count: 100_000).utf8))
        let answer = try await engine.embed(EmbedBatch(texts: texts))
        #expect(answer.tokenCounts == [3, 3, 128])
        #expect(answer.vectors.values.allSatisfy { $0.isFinite })
    }

    @Test("a caller that is cancelled gets CancellationError and the engine goes on")
    func cancellation() async throws {
        let task = Task {
            try await engine.embed(EmbedBatch(texts: LineBlock((0..<300).map { "cancelled text \($0)" })))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        let answer = try await engine.embed(EmbedBatch(texts: ["still here"]))
        #expect(answer.vectors.count == 1)
    }

    @Test("after shutdown calls are refused")
    func shutDown() async throws {
        await engine.shutDown()
        await #expect(throws: EmbeddingError.shutDown) { try await engine.embed(EmbedBatch(texts: ["late"])) }
    }

    @Test("warming up ends, also when it is asked for again")
    func warmUp() async {
        await engine.warmUp()
        await engine.warmUp()
        #expect(engine.statistics.textsInFlight == 0)
    }

    @Test("info names the weights and the kernels")
    func info() {
        let info = engine.info()
        #expect(info.tier == "embedding" && info.version == "1.2.3")
        #expect(info.models.map(\.name) == ["base"] && info.models[0].sha256.count == 64)
        #expect(info.openBLASCore != nil)
    }
}
