internal import TocsinCore

/// Everything that a verdict depends on, for one model.
struct VerdictKey: Hashable, Sendable {
    var modelText: String
    var modelTemplate: String
    var logType: String
    var features: [Float]

    init(_ line: ParsedLine) {
        modelText = line.modelText
        modelTemplate = line.modelTemplate
        logType = line.logType
        features = line.features
    }
}

/// A row of model inputs whose text has its vector.
struct EmbeddedRow: Sendable {
    /// Where the row stands among the distinct rows of its chunk.
    var index: Int
    var key: VerdictKey
    var vector: TextVector
}

/// What rows must have in common to go into one call.
struct RowKind: Hashable {
    var encoderSHA256: String
    var vectorDimension: Int
    var featureCount: Int

    init(_ row: EmbeddedRow) {
        encoderSHA256 = row.vector.encoderSHA256
        vectorDimension = row.vector.values.count
        featureCount = row.key.features.count
    }
}

/// The second half of the pipeline for one run: parsed lines to verdicts, each distinct text embedded once and each
/// distinct row classified once.
struct VerdictStage {
    let embedding: any EmbeddingTier
    let classifying: any ClassifyingTier
    let model: ModelInfo
    let limits: BatchLimits
    let now: @Sendable () -> ContinuousClock.Instant

    var knownVectors: RecentMemory<String, TextVector>
    var knownVerdicts: RecentMemory<VerdictKey, ItemResult<Prediction>>
    /// The schema that `knownVerdicts` were made with.
    var schema: FeatureSchema?
    /// The model as the classifier last named it.
    var answeringModel: ModelInfo
    var work = AnalysisWork()

    init(
        embedding: any EmbeddingTier, classifying: any ClassifyingTier, model: ModelInfo, limits: BatchLimits,
        now: @escaping @Sendable () -> ContinuousClock.Instant
    ) {
        self.embedding = embedding
        self.classifying = classifying
        self.model = model
        self.limits = limits
        self.now = now
        knownVectors = RecentMemory(capacity: limits.rememberedVectors)
        knownVerdicts = RecentMemory(capacity: limits.rememberedVerdicts)
        answeringModel = model
    }

    /// One result a line of `parsed`, in its order.
    mutating func results(for parsed: ParsedBatch) async throws -> [ItemResult<LineAnalysis>] {
        if schema != parsed.featureSchema {
            knownVerdicts.removeAll()
            schema = parsed.featureSchema
        }
        // Distinct rows of this chunk, and which of them each line is.
        var rows: [VerdictKey] = []
        var rowOfKey: [VerdictKey: Int] = [:]
        let lines = Array(parsed.lines)
        let rowOfLine = lines.map { line -> Int in
            guard case .success(let line) = line else { return -1 }  // never looked up
            let key = VerdictKey(line)
            if let row = rowOfKey[key] { return row }
            rowOfKey[key] = rows.count
            rows.append(key)
            return rows.count - 1
        }
        let predictions = try await predictions(for: rows, schema: parsed.featureSchema)
        return zip(lines, rowOfLine).map { line, row in
            line.flatMap { line in predictions[row].map { LineAnalysis(parsed: line, prediction: $0) } }
        }
    }

    private mutating func predictions(
        for rows: [VerdictKey], schema: FeatureSchema
    ) async throws -> [ItemResult<Prediction>] {
        var predictions = rows.map { knownVerdicts.value(for: $0) }
        let unknown = rows.indices.filter { predictions[$0] == nil }
        let vectors = try await vectors(for: unknown.map { rows[$0].modelText })

        // Rows go out together where they have the same shape and one encoder made their vectors.
        var groups: [RowKind: [EmbeddedRow]] = [:]
        for index in unknown {
            switch vectors[rows[index].modelText] {
            case .success(let vector):
                let row = EmbeddedRow(index: index, key: rows[index], vector: vector)
                groups[RowKind(row), default: []].append(row)
            case .failure(let failure): predictions[index] = .failure(failure)
            case nil: break
            }
        }
        let start = now()
        for (kind, members) in groups.sorted(by: { $0.value[0].index < $1.value[0].index }) {
            let classified = try await classify(members, kind: kind, schema: schema)
            for (row, prediction) in zip(members, classified) {
                predictions[row.index] = prediction
                if case .success = prediction { knownVerdicts.insert(prediction, for: row.key) }
            }
        }
        work.classifying += now() - start
        return predictions.map {
            $0 ?? .failure(ItemFailure(.internalFailure, "the classifier tier gave this row no verdict"))
        }
    }
}
