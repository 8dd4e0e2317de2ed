import TocsinCore
import WireMessages

/// The same random numbers in every run: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Makes random values of every message, with what tends to break: NUL, broken UTF-8, nothing at all.
struct RandomMessages {
    var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &generator) }

    mutating func list<Value>(_ make: (inout RandomMessages) -> Value) -> [Value] {
        (0..<number(0...4)).map { _ in make(&self) }
    }

    /// Bytes that need not be UTF-8.
    mutating func line() -> [UInt8] {
        (0..<number(0...40)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    }

    /// A text that was cut out of a line: UTF-8 with an occasional NUL.
    mutating func text() -> String {
        let alphabet: [Character] = ["a", "0", " ", "\0", "é", "日", "👩‍👩‍👧", "\n", "\"", "<", ">", "*", "\u{301}"]
        return String((0..<number(1...12)).map { _ in alphabet[number(0...alphabet.count - 1)] })
    }

    /// A name that the system itself made.
    mutating func name() -> String {
        ["ml", "Linux", "OpenSSH", "Größe", "1.2.3", "x"][number(0...5)]
    }

    mutating func optional(_ make: (inout RandomMessages) -> String) -> String? {
        number(0...1) == 0 ? nil : make(&self)
    }

    mutating func templateID() -> String {
        String((0..<32).map { _ in "0123456789abcdef".randomElement(using: &generator) ?? "0" })
    }

    mutating func block(count: Int) -> LineBlock {
        var block = LineBlock()
        for _ in 0..<count { block.append(line()) }
        return block
    }

    mutating func float() -> Float {
        [0, -0.0, 1, .pi, .greatestFiniteMagnitude, .infinity, .leastNonzeroMagnitude][number(0...6)]
    }

    mutating func vectors(dimension: Int, count: Int) -> VectorBlock {
        var block = VectorBlock(dimension: dimension)
        for _ in 0..<count { block.append((0..<dimension).map { _ in float() }) }
        return block
    }

    mutating func failure() -> ItemFailure {
        ItemFailure(ItemFailure.Code.allCases.randomElement(using: &generator) ?? .internalFailure, name())
    }

    mutating func schema() -> FeatureSchema {
        FeatureSchema(version: number(0...9), templateTreeSHA256: name())
    }

    mutating func model() -> ModelInfo {
        ModelInfo(
            name: name(), algorithm: name(), version: name(), sha256: name(), isActive: number(0...1) == 0,
            details: number(0...1) == 0 ? nil : details(), encoderVariants: list { _ in EncoderVariant.allCases[1] })
    }

    mutating func share() -> Double { Double.random(in: 0...1, using: &generator) }

    mutating func details() -> ModelDetails {
        ModelDetails(
            trainingSamples: number(0...1 << 40), macroF1: number(0...1) == 0 ? nil : 0.625,
            files: list { ModelDetails.File(path: $0.name(), byteCount: $0.number(0...1 << 40)) },
            evaluation: Dictionary(list { ($0.name(), $0.quality()) }, uniquingKeysWith: { $1 }))
    }

    mutating func quality() -> ModelQuality {
        let low = share()
        return ModelQuality(
            macroF1: share(), macroF1Interval: low...max(low, share()), accuracy: share(), calibrationError: share(),
            confusion: AnomalyClass.allCases.map { _ in AnomalyClass.allCases.map { _ in number(0...1 << 20) } },
            reliability: list {
                ModelQuality.ReliabilityBin(confidence: $0.share(), accuracy: $0.share(), count: $0.number(0...99))
            })
    }

    mutating func parsedLine(featureCount: Int) -> ParsedLine {
        ParsedLine(
            logType: name(), formatConfidence: float(), runnerUpLogType: optional { $0.name() },
            timestamp: optional { $0.name() }, host: optional { $0.text() }, component: optional { $0.text() },
            processID: optional { $0.text() }, level: optional { $0.text() }, severityNumber: number(0...24),
            content: text(), fields: list { LogField(name: $0.name(), value: $0.text()) },
            template: MinedTemplate(
                id: templateID(), text: text(), typedText: text(),
                parameters: list { TemplateParameter(kind: $0.name(), value: $0.text()) },
                supersedes: list { $0.templateID() }),
            modelTemplate: text(), modelText: text(), features: (0..<featureCount).map { _ in float() },
            warnings: list { $0.name() }, isTruncated: number(0...1) == 0)
    }
}

extension RandomMessages {
    mutating func parseBatch() -> ParseBatch {
        ParseBatch(lines: block(count: number(0...5)), forcedLogType: optional { $0.name() })
    }

    mutating func parsedBatch() -> ParsedBatch {
        let featureCount = number(1...22)
        let lines: [ItemResult<ParsedLine>] = (0..<number(0...4)).map { _ in
            number(0...3) == 0 ? .failure(failure()) : .success(parsedLine(featureCount: featureCount))
        }
        return ParsedBatch(lines: lines, featureSchema: schema())
    }

    mutating func embedBatch() -> EmbedBatch {
        let variant = EncoderVariant.allCases.randomElement(using: &generator) ?? .base
        let precision = number(0...1) == 0 ? nil : EncoderPrecision.allCases.randomElement(using: &generator)
        guard number(0...1) == 0 else {
            return EmbedBatch(texts: block(count: number(0...5)), variant: variant, precision: precision)
        }
        var tokens = TokenBlock()
        for _ in 0..<number(0...5) { tokens.append(list { Int32(truncatingIfNeeded: $0.generator.next()) }) }
        return EmbedBatch(tokens: tokens, variant: variant, precision: precision)
    }

    mutating func embeddedBatch() -> EmbeddedBatch {
        let count = number(0...4)
        let failed = (0..<count).filter { _ in number(0...3) == 0 }
        return EmbeddedBatch(
            vectors: vectors(dimension: number(1...9), count: count),
            tokenCounts: (0..<count).map { _ in number(0...512) },
            failures: Dictionary(uniqueKeysWithValues: failed.map { ($0, failure()) }), encoderSHA256: name(),
            precision: number(0...1) == 0 ? .fp32 : .int8,
            timings: EmbeddingTimings(
                queue: .nanoseconds(number(0...9)), tokenize: .microseconds(number(0...9)),
                forward: .seconds(number(0...9))))
    }

    mutating func attributeBatch() -> AttributeBatch {
        let texts = block(count: number(0...5))
        let variant = EncoderVariant.allCases.randomElement(using: &generator) ?? .base
        guard number(0...1) == 0 else {
            let directions = vectors(dimension: number(1...9), count: texts.count)
            return AttributeBatch(texts: texts, variant: variant, targets: .directions(directions))
        }
        let classes = texts.map { _ in number(0...6) }
        let features = number(0...1) == 0 ? nil : vectors(dimension: 22, count: texts.count)
        return AttributeBatch(texts: texts, variant: variant, targets: .classes(classes, lineFeatures: features))
    }

    mutating func attributedBatch() -> AttributedBatch {
        let texts = list { random in
            let tokens = random.list { $0.name() }
            return TextAttribution(
                tokens: tokens, values: tokens.map { _ in Float(random.number(-9...9)) / 8 },
                score: Float(random.number(-99...99)), baselineScore: Float(random.number(-99...99)))
        }
        let failed = texts.indices.filter { _ in number(0...3) == 0 }
        return AttributedBatch(
            texts: texts, failures: Dictionary(uniqueKeysWithValues: failed.map { ($0, failure()) }),
            encoderSHA256: name(), headSHA256: number(0...1) == 0 ? "" : name(),
            timings: EmbeddingTimings(queue: .nanoseconds(number(0...9))))
    }

    mutating func classifyBatch() -> ClassifyBatch {
        let count = number(0...4)
        return ClassifyBatch(
            vectors: vectors(dimension: 12, count: count), features: vectors(dimension: 22, count: count),
            modelTexts: block(count: count), modelTemplates: block(count: count),
            logTypes: (0..<count).map { _ in name() }, model: optional { $0.name() }, featureSchema: schema(),
            encoderSHA256s: (0..<number(1...3)).map { _ in name() })
    }

    mutating func classifiedBatch() -> ClassifiedBatch {
        let predictions: [ItemResult<Prediction>] = (0..<number(0...4)).map { _ in
            guard number(0...3) > 0 else { return .failure(failure()) }
            let probabilities = (0..<AnomalyClass.count).map { _ in Float.random(in: 0...1, using: &generator) }
            return .success(Prediction(probabilities: probabilities, isAbstained: number(0...1) == 0))
        }
        return ClassifiedBatch(predictions: predictions, model: model())
    }

    mutating func analyzeBatch() -> AnalyzeBatch {
        AnalyzeBatch(
            lines: block(count: number(0...5)), model: optional { $0.name() }, forcedLogType: optional { $0.name() })
    }

    mutating func analyzedBatch() -> AnalyzedBatch {
        let verdicts = classifiedBatch()
        let lines = verdicts.predictions.map { prediction in
            prediction.map {
                AnalyzedLine(
                    logType: name(), timestamp: optional { $0.name() }, level: optional { $0.text() }, content: text(),
                    template: text(), templateID: templateID(), prediction: $0)
            }
        }
        return AnalyzedBatch(
            lines: lines, model: verdicts.model,
            classes: list { AnalyzedBatch.Count(name: $0.name(), count: $0.number(0...1 << 40)) },
            logTypes: list { AnalyzedBatch.Count(name: $0.name(), count: $0.number(0...9)) },
            anomalyRate: Double.random(in: 0...1, using: &generator))
    }

    mutating func tierInfo() -> TierInfo {
        TierInfo(
            tier: name(), version: name(), maxBatchItems: number(0...1 << 40), maxItemBytes: number(0...1 << 20),
            maxMessageBytes: number(0...Int.max), openBLASCore: optional { $0.name() }, models: list { $0.model() },
            logTypes: list { $0.name() },
            queue: number(0...1) == 0 ? nil : TierQueue(waitingItems: number(0...1 << 40), calls: number(0...9)))
    }

    mutating func health() -> HealthCheckResponse {
        HealthCheckResponse(HealthCheckResponse.Status.allCases.randomElement(using: &generator) ?? .unknown)
    }

    mutating func reflectionRequest() -> ReflectionRequest {
        let questions: [ReflectionRequest.Question?] = [
            .file(name: name()), .fileContaining(symbol: name()), .fileExtending(type: name(), number: -7),
            .extensionNumbers(ofType: name()), .services, nil,
        ]
        return ReflectionRequest(host: name(), questions[number(0...questions.count - 1)])
    }

    mutating func reflectionResponse() -> ReflectionResponse {
        let answers: [ReflectionResponse.Answer] = [
            .files(list { $0.line() }), .extensionNumbers(ofType: name(), list { Int32($0.number(-9...9)) }),
            .services(list { $0.name() }), .error(code: Int32(number(0...16)), message: name()),
        ]
        return ReflectionResponse(to: reflectionRequest(), answers[number(0...3)])
    }
}
