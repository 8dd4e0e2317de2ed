public import Pipeline
internal import Synchronization
public import TocsinCore

/// A parsing tier in memory: a line is its own content; `bad` fails.
public final class RecordingParser: ParsingTier {
    private let recorded = Mutex<[ParseBatch]>([])
    public var batches: [ParseBatch] { recorded.withLock(\.self) }
    private let maxBatchItems: Int
    private let onParse: @Sendable () async throws -> Void

    public init(maxBatchItems: Int = 10_000, onParse: @escaping @Sendable () async throws -> Void = {}) {
        self.maxBatchItems = maxBatchItems
        self.onParse = onParse
    }

    public func parse(_ batch: ParseBatch) async throws -> ParsedBatch {
        recorded.withLock { $0.append(batch) }
        try await onParse()
        let lines = batch.lines.map { line -> ItemResult<ParsedLine> in
            let content = String(decoding: line, as: UTF8.self)
            if content == "bad" { return .failure(ItemFailure(.invalidArgument, "cannot be read")) }
            // `text#n`: the same text with another feature, as another time stamp would give.
            let parts = content.split(separator: "#", omittingEmptySubsequences: false)
            let feature = parts.count > 1 ? Float(parts[1]) ?? 0 : 0
            return .success(
                ParsedLine(
                    logType: batch.forcedLogType ?? (content.hasPrefix("sshd") ? "OpenSSH" : "Linux"),
                    formatConfidence: 1, content: content,
                    template: MinedTemplate(
                        id: String(repeating: "0", count: 32), text: content, typedText: content, parameters: []),
                    modelTemplate: "template", modelText: String(parts.first ?? ""),
                    features: [feature] + Array(repeating: 0, count: 21), isTruncated: line.count > 100))
        }
        return ParsedBatch(
            lines: lines, featureSchema: FeatureSchema(version: 1, templateTreeSHA256: "t"))
    }

    /// One template for each distinct line, in the order of their texts.
    public func templates(_ query: TemplateQuery) async throws -> TemplatePage {
        let lines = batches.flatMap { $0.lines.map { String(decoding: $0, as: UTF8.self) } }
        let templates = Set(lines).sorted().map { line in
            TemplateSummary(
                id: String(repeating: "0", count: 32), text: line, typedText: line,
                count: UInt64(lines.count { $0 == line }), firstSeen: 1_776_256_496_000, samples: [line])
        }
        return TemplatePage(query, of: templates)
    }

    public func info() async throws -> TierInfo {
        TierInfo(
            tier: "parser", version: "1", maxBatchItems: maxBatchItems, maxItemBytes: 100, maxMessageBytes: 1 << 20,
            logTypes: ["Plain", "Unknown"])
    }
}

/// An embedding tier in memory: the vector holds the text's length; `unembeddable` fails.
public final class RecordingEmbedder: EmbeddingTier {
    private let recorded = Mutex<[EmbedBatch]>([])
    public var batches: [EmbedBatch] { recorded.withLock(\.self) }
    private let onEmbed: @Sendable () async throws -> Void
    private let onInfo: @Sendable () async throws -> Void

    public init(
        onEmbed: @escaping @Sendable () async throws -> Void = {},
        onInfo: @escaping @Sendable () async throws -> Void = {}
    ) {
        self.onEmbed = onEmbed
        self.onInfo = onInfo
    }

    public var texts: [String] {
        batches.flatMap { $0.texts.map { String(decoding: $0, as: UTF8.self) } }
    }

    public func embed(_ batch: EmbedBatch) async throws -> EmbeddedBatch {
        recorded.withLock { $0.append(batch) }
        try await onEmbed()
        var answer = EmbeddedBatch(vectors: VectorBlock(dimension: 768), tokenCounts: [], encoderSHA256: "e")
        for (row, text) in batch.texts.enumerated() {
            answer.vectors.append(Array(repeating: Float(text.count), count: 768))
            answer.tokenCounts.append(3)
            if String(decoding: text, as: UTF8.self) == "unembeddable" {
                answer.failures[row] = ItemFailure(.internalFailure, "no vector")
            }
        }
        return answer
    }

    /// Each text is one token that says its length.
    public func attribute(_ batch: AttributeBatch) async throws -> AttributedBatch {
        try await onEmbed()
        return AttributedBatch(
            texts: batch.texts.map { text in
                TextAttribution(
                    tokens: [String(decoding: text, as: UTF8.self)], values: [Float(text.count)],
                    score: Float(text.count), baselineScore: 0)
            }, encoderSHA256: "e")
    }

    public func info() async throws -> TierInfo {
        try await onInfo()
        return TierInfo(
            tier: "embedding", version: "1", maxBatchItems: 1000, maxItemBytes: 1000, maxMessageBytes: 1 << 20,
            queue: TierQueue(waitingItems: 7, calls: 2))
    }
}

/// A classifying tier in memory: the class is the length of the text modulo 7; `unclassifiable` fails.
public final class RecordingClassifier: ClassifyingTier {
    private let recorded = Mutex<[ClassifyBatch]>([])
    public var batches: [ClassifyBatch] { recorded.withLock(\.self) }
    private let loaded: Mutex<[ModelInfo]>
    public var models: [ModelInfo] { loaded.withLock(\.self) }
    private let asked = Mutex(0)
    public var infoCalls: Int { asked.withLock(\.self) }

    public static let ml = ModelInfo(
        name: "ml", algorithm: "XGBoost", version: "1", sha256: "m", isActive: true, encoderVariants: [.base])

    private let onInfo: @Sendable () async -> Void

    /// - Parameter onInfo: runs before an answer about the models leaves, which tells them as they were when it was asked.
    public init(
        models: [ModelInfo] = [RecordingClassifier.ml], onInfo: @escaping @Sendable () async -> Void = {}
    ) {
        loaded = Mutex(models)
        self.onInfo = onInfo
    }

    /// As where a replica takes another's place.
    public func replaceModels(_ models: [ModelInfo]) { loaded.withLock { $0 = models } }

    public func activate(_ model: String) async throws {
        try loaded.withLock { models in
            guard models.contains(where: { $0.name == model }) else {
                throw TierError.invalidRequest(tier: "classifier", reason: "model '\(model)' is not loaded")
            }
            for index in models.indices { models[index].isActive = models[index].name == model }
        }
    }

    public var rows: Int { batches.reduce(0) { $0 + $1.count } }

    public func classify(_ batch: ClassifyBatch) async throws -> ClassifiedBatch {
        recorded.withLock { $0.append(batch) }
        let predictions = (0..<batch.count).map { row -> ItemResult<Prediction> in
            if String(decoding: batch.modelTexts[row], as: UTF8.self) == "unclassifiable" {
                return .failure(ItemFailure(.internalFailure, "no verdict"))
            }
            var probabilities = Array(repeating: Float(0.05), count: AnomalyClass.count)
            let read = batch.encoderSHA256s.isEmpty ? 0 : batch.vectors[row].first ?? 0
            probabilities[Int(read) % AnomalyClass.count] = 0.7
            return .success(Prediction(probabilities: probabilities))
        }
        return ClassifiedBatch(
            predictions: predictions, model: models.first { $0.name == batch.model } ?? RecordingClassifier.ml)
    }

    /// The margin is the text's length, by its meaning alone; the nearest template is the text itself.
    public func explain(_ batch: ExplainBatch) async throws -> ExplainedBatch {
        let classified = try await classify(batch.rows)
        let explanations = classified.predictions.enumerated().map { row, prediction in
            prediction.map { prediction in
                let anomalyClass = batch.classes?[row] ?? prediction.anomalyClass
                let length = Double(batch.rows.modelTexts[row].count)
                return RowExplanation(
                    prediction: prediction, anomalyClass: anomalyClass,
                    margin: MarginParts(
                        base: 0, value: length,
                        groups: [.init(name: "meaning", title: "meaning of the text", contribution: length)]),
                    nearest: [
                        KnownTemplate(
                            text: String(decoding: batch.rows.modelTexts[row], as: UTF8.self),
                            anomalyClass: anomalyClass, source: "Linux", similarity: 1)
                    ])
            }
        }
        return ExplainedBatch(explanations: explanations, model: classified.model)
    }

    public func info() async throws -> TierInfo {
        asked.withLock { $0 += 1 }
        let models = models
        await onInfo()
        return TierInfo(
            tier: "classifier", version: "1", maxBatchItems: 1000, maxItemBytes: 1000, maxMessageBytes: 1 << 20,
            models: models)
    }
}
