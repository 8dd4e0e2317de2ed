import Pipeline
import Synchronization
import Testing
import TierDoubles
import TocsinCore

/// The three in-memory tiers and the analyzer over them.
struct Bench {
    let parser: RecordingParser
    let embedder: RecordingEmbedder
    let classifier: RecordingClassifier
    let analyzer: LogAnalyzer

    init(
        parser: RecordingParser = RecordingParser(), embedder: RecordingEmbedder = RecordingEmbedder(),
        classifier: RecordingClassifier = RecordingClassifier(),
        options: (inout LogAnalyzer.Options) -> Void = { _ in }
    ) {
        var settings = LogAnalyzer.Options()
        options(&settings)
        self.parser = parser
        self.embedder = embedder
        self.classifier = classifier
        analyzer = LogAnalyzer(
            Tiers(parsing: parser, embedding: embedder, classifying: classifier), options: settings)
    }
}

@Suite struct LogAnalyzerTests {
    @Test("verdicts come in input order, whatever the size of the chunks", arguments: [1, 2, 3, 7, 1000])
    func order(chunkLines: Int) async throws {
        let bench = Bench {
            $0.chunkLines = chunkLines
            $0.firstChunkLines = 1
            $0.embeddingBatchItems = 2
            $0.classifyingBatchItems = 2
        }
        let texts = (0..<50).map { String(repeating: "x", count: $0 % 11) }
        let analysis = try await bench.analyzer.analyze(LineBlock(texts))
        #expect(analysis.lines.count == texts.count)
        for (text, line) in zip(texts, analysis.lines) {
            let line = try line.get()
            #expect(line.parsed.content == text)
            #expect(line.prediction.anomalyClass.rawValue == text.utf8.count % 7)
        }
        #expect(bench.parser.batches.allSatisfy { $0.lines.count <= chunkLines })
    }

    @Test("each distinct text is embedded once and each distinct row classified once, across chunks")
    func deduplication() async throws {
        let bench = Bench {
            $0.chunkLines = 4
            $0.firstChunkLines = 4
        }
        let lines = (0..<40).map { ["a", "b#1", "b#2", "a"][$0 % 4] }
        let analysis = try await bench.analyzer.analyze(LineBlock(lines))
        #expect(bench.embedder.texts.sorted() == ["a", "b"])
        #expect(bench.classifier.rows == 3)
        #expect(analysis.work.embeddedTexts == 2)
        #expect(analysis.work.classifiedRows == 3)
        #expect(analysis.work.lines == 40)
    }

    @Test("what is forgotten is computed again, with the same verdicts")
    func forgetting() async throws {
        let lines = LineBlock((0..<60).map { "text \($0 % 20)" })
        let remembering = Bench()
        let forgetting = Bench {
            $0.chunkLines = 2
            $0.firstChunkLines = 2
            $0.vectorCacheBytes = 0
            $0.verdictCacheBytes = 0
        }
        let expected = try await remembering.analyzer.analyze(lines)
        let found = try await forgetting.analyzer.analyze(lines)
        #expect(found.lines == expected.lines)
        #expect(found.summary == expected.summary)
        #expect(found.work.embeddedTexts > expected.work.embeddedTexts)
    }

    @Test("a line that one tier cannot take fails alone, with that tier's reason")
    func itemFailures() async throws {
        let bench = Bench()
        let analysis = try await bench.analyzer.analyze(["good", "bad", "unembeddable", "unclassifiable", "fine"])
        let failures = analysis.lines.map { result -> String? in
            guard case .failure(let failure) = result else { return nil }
            return failure.description
        }
        #expect(failures == [nil, "cannot be read", "no vector", "no verdict", nil])
        #expect(analysis.summary.failures == 3)
        #expect(analysis.summary.verdicts == 2)
    }

    @Test("the summary counts classes and log types, and the rate leaves failures out")
    func summary() async throws {
        let bench = Bench()
        // Lengths 7, 8 and 9: classes 0, 1 and 2.
        let analysis = try await bench.analyzer.analyze(["1234567", "sshd 678", "123456789", "bad"])
        #expect(analysis.summary.classCounts == [1, 1, 1, 0, 0, 0, 0])
        #expect(analysis.summary.logTypeCounts.map(\.logType) == ["Linux", "OpenSSH"])
        #expect(analysis.summary.logTypeCounts.map(\.count) == [2, 1])
        #expect(abs(analysis.summary.anomalyRate - 2.0 / 3) < 1e-12)
    }

    @Test("an empty request has no verdicts and a rate of zero")
    func empty() async throws {
        let bench = Bench()
        let analysis = try await bench.analyzer.analyze([])
        #expect(analysis.lines.isEmpty)
        #expect(analysis.summary.anomalyRate == 0)
        #expect(bench.parser.batches.isEmpty)
    }

    @Test(
        "a model gets the vectors of every encoder variant that it reads, side by side",
        arguments: [[], [EncoderVariant.lora], [.base, .hybrid, .dann]])
    func variants(variants: [EncoderVariant]) async throws {
        let model = ModelInfo(
            name: "mixed", algorithm: "Mixture", version: "1", sha256: "x", isActive: true, encoderVariants: variants)
        let bench = Bench(classifier: RecordingClassifier(models: [model]))
        #expect(try await bench.analyzer.analyze(["aa", "b", "aa"]).lines.count == 3)
        #expect(bench.embedder.batches.map(\.variant) == variants)
        let batch = try #require(bench.classifier.batches.first)
        #expect(batch.count == 2 && batch.encoderSHA256s.count == variants.count)
        if !variants.isEmpty {
            #expect(batch.vectors.dimension == 768 * variants.count)
            #expect(Set(batch.vectors[0]) == [2] && Set(batch.vectors[1]) == [1])
        }
    }

    @Test("no model named takes the active one; a name that is not loaded is refused with those that are")
    func models() async throws {
        let idle = ModelInfo(name: "rf", algorithm: "RandomForest", version: "1", sha256: "r", isActive: false)
        let bench = Bench(classifier: RecordingClassifier(models: [idle, RecordingClassifier.ml]))
        #expect(try await bench.analyzer.analyze(["x"]).model.name == "ml")
        #expect(try await bench.analyzer.analyze(["x"], AnalysisRequest(model: "rf")).model == idle)
        #expect(bench.classifier.batches.map(\.model) == ["ml", "rf"])
        await #expect(throws: AnalysisError.unknownModel(name: "bert", loaded: ["rf", "ml"])) {
            try await bench.analyzer.analyze(["x"], AnalysisRequest(model: "bert"))
        }
        let inactive = Bench(classifier: RecordingClassifier(models: [idle]))
        await #expect(throws: AnalysisError.noActiveModel(loaded: ["rf"])) {
            try await inactive.analyzer.analyze(["x"])
        }
    }

    @Test("what the tiers say of themselves is asked again only when it is old")
    func catalogAge() async throws {
        let time = Mutex(ContinuousClock.now)
        let classifier = RecordingClassifier()
        let analyzer = LogAnalyzer(
            Tiers(parsing: RecordingParser(), embedding: RecordingEmbedder(), classifying: classifier),
            now: { time.withLock(\.self) })
        for _ in 0..<3 { _ = try await analyzer.analyze(["x"]) }
        #expect(classifier.infoCalls == 1)
        time.withLock { $0 += .seconds(2) }
        _ = try await analyzer.analyze(["x"])
        #expect(classifier.infoCalls == 2)
    }

    @Test("a forced log type reaches the parser")
    func forcedLogType() async throws {
        let analysis = try await Bench().analyzer.analyze(["x"], AnalysisRequest(forcedLogType: "HDFS"))
        #expect(try analysis.lines[0].get().parsed.logType == "HDFS")
    }

    @Test("a line over the parser's limit is cut before it travels, and still known as too long")
    func longLine() async throws {
        let bench = Bench()
        let analysis = try await bench.analyzer.analyze([String(repeating: "y", count: 10_000_000), "z"])
        #expect(try analysis.lines[0].get().parsed.isTruncated)
        #expect(try !analysis.lines[1].get().parsed.isTruncated)
        #expect(bench.parser.batches[0].lines[0].count == 101)
    }

    @Test("a tier that is away fails the whole analysis with its name")
    func tierDown() async throws {
        let down = TierError.unavailable(tier: "embedding", reason: "connection refused")
        let bench = Bench(embedder: RecordingEmbedder(onEmbed: { throw down }))
        await #expect(throws: down) { try await bench.analyzer.analyze(["x", "y"]) }
    }

    @Test("a parser that answers with too few lines is an error, not a crash")
    func shortAnswer() async throws {
        let analyzer = LogAnalyzer(
            Tiers(
                parsing: ForgetfulParser(), embedding: RecordingEmbedder(), classifying: RecordingClassifier()))
        await #expect(throws: TierError.self) { try await analyzer.analyze(["x", "y"]) }
    }

    @Test("lines that were judged before need no call but to the parser, and have the same verdicts")
    func remembering() async throws {
        let remembering = Bench()
        let forgetting = Bench {
            $0.vectorCacheBytes = 0
            $0.verdictCacheBytes = 0
        }
        for round in 0..<3 {
            for lines in [["a", "b#1", "bad", "unclassifiable"], ["b#1", "b#2", "unembeddable", "a"]] {
                let found = try await remembering.analyzer.analyze(LineBlock(lines))
                let expected = try await forgetting.analyzer.analyze(LineBlock(lines))
                #expect(found.lines == expected.lines)
                #expect(found.model == expected.model)
                #expect(found.summary == expected.summary)
            }
            if round == 0 { #expect(remembering.analyzer.verdictCache.hits == 2) }
        }
        // Of each round after the first, what has no result was asked for again.
        #expect(remembering.embedder.texts.count { $0 == "a" || $0 == "b" } == 2)
        #expect(remembering.classifier.rows == 3 + 1 + 2)
        #expect(remembering.analyzer.verdictCache.entries == 3)
        #expect(remembering.analyzer.verdictCache.misses > 0)
        #expect(forgetting.analyzer.verdictCache == CacheStatistics(maxBytes: 0))
    }

    @Test("what one model said is not another's, nor that of another version")
    func otherModels() async throws {
        let lora = ModelInfo(
            name: "lora", algorithm: "head", version: "1", sha256: "l", isActive: false, encoderVariants: [.lora])
        let classifier = RecordingClassifier(models: [RecordingClassifier.ml, lora])
        let bench = Bench(classifier: classifier)
        _ = try await bench.analyzer.analyze(["a"])
        let other = try await bench.analyzer.analyze(["a"], AnalysisRequest(model: "lora"))
        #expect(other.model.name == "lora")
        #expect(classifier.rows == 2)
        #expect(bench.embedder.batches.map(\.variant) == [.base, .lora])
        var newer = RecordingClassifier.ml
        newer.sha256 = "n"
        classifier.replaceModels([newer, lora])
        await bench.analyzer.forgetTiers()
        #expect(try await bench.analyzer.analyze(["a"]).model.sha256 == "n")
        #expect(classifier.rows == 3)
        // A replica with another artifact than the one that was asked: its answer is given and not kept.
        classifier.replaceModels([RecordingClassifier.ml, lora])
        _ = try await bench.analyzer.analyze(["fresh"])
        _ = try await bench.analyzer.analyze(["fresh"])
        #expect(classifier.rows == 5)
    }

    @Test("line features that are not numbers make one row where they are the same")
    func notANumber() async throws {
        let bench = Bench()
        let analysis = try await bench.analyzer.analyze(["x#nan", "x#nan", "x#0"])
        #expect(analysis.lines.count == 3)
        #expect(bench.classifier.rows == 2)
    }
}

/// A parser that loses the last line of each batch.
private struct ForgetfulParser: ParsingTier {
    let parser = RecordingParser()

    func parse(_ batch: ParseBatch) async throws -> ParsedBatch {
        var answer = try await parser.parse(batch)
        answer.lines = ParsedLines(answer.lines.dropLast())
        return answer
    }

    func templates(_ query: TemplateQuery) async throws -> TemplatePage { try await parser.templates(query) }

    func info() async throws -> TierInfo { try await parser.info() }
}
