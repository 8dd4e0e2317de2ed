internal import TocsinCore

/// A row of model inputs whose text has its vector.
struct EmbeddedRow: Sendable {
    /// Where the row stands among the distinct rows of its chunk.
    var index: Int
    var key: VerdictKey
    var vector: TextVector
}

/// What rows must have in common to go into one call.
struct RowKind: Hashable {
    var encoderSHA256s: [String]
    var precision: EncoderPrecision
    var vectorDimension: Int
    var featureCount: Int

    init(_ row: EmbeddedRow) {
        encoderSHA256s = row.vector.encoderSHA256s
        precision = row.vector.precision
        vectorDimension = row.vector.values.count
        featureCount = row.key.features.count
    }
}

/// The second half of the pipeline for one run: parsed lines to verdicts, each distinct text embedded once and each
/// distinct row classified once, but for those that the cache knows.
///
/// Where the embedding tier computes in 8 bits, rows whose verdict is close are asked about again with vectors of single
/// precision, which the models were trained on.
struct VerdictStage {
    let tiers: Tiers
    let infos: TierCatalog.Infos
    let model: ModelInfo
    let limits: BatchLimits
    let cache: ResultCache
    let now: @Sendable () -> ContinuousClock.Instant

    /// Which results of the cache are these models'; set with the schema of the lines at hand.
    var context = 0
    private var schema: FeatureSchema?
    /// The model as the classifier last named it.
    var answeringModel: ModelInfo
    var work = AnalysisWork()

    init(
        tiers: Tiers, infos: TierCatalog.Infos, model: ModelInfo, limits: BatchLimits, cache: ResultCache,
        now: @escaping @Sendable () -> ContinuousClock.Instant
    ) {
        self.tiers = tiers
        self.infos = infos
        self.model = model
        self.limits = limits
        self.cache = cache
        self.now = now
        answeringModel = model
    }

    /// One result a line of `parsed`, in its order.
    mutating func results(for parsed: ParsedBatch) async throws -> [ItemResult<LineAnalysis>] {
        if schema != parsed.featureSchema {
            context = cache.number(of: ResultContext(model: model, schema: parsed.featureSchema, infos: infos))
            schema = parsed.featureSchema
        }
        // Distinct rows of this chunk, and which of them each line is.
        var rows: [VerdictKey] = []
        var rowOfKey: [VerdictKey: Int] = [:]
        let lines = Array(parsed.lines)
        let rowOfLine = lines.map { line -> Int in
            guard case .success(let line) = line else { return -1 }  // never looked up
            let key = VerdictKey(line, context: context)
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
        var predictions = rows.map { row in cache.verdicts.value(for: row).map(ItemResult<Prediction>.success) }
        var open = rows.indices.filter { predictions[$0] == nil }
        for precision in [nil, EncoderPrecision.fp32] where !open.isEmpty {
            let vectors = try await vectors(for: open.map { rows[$0].modelText }, precision: precision)

            // Rows go out together where they have the same shape and one encoder made their vectors.
            var groups: [RowKind: [EmbeddedRow]] = [:]
            for index in open {
                switch vectors[rows[index].modelText] {
                case .success(let vector):
                    let row = EmbeddedRow(index: index, key: rows[index], vector: vector)
                    groups[RowKind(row), default: []].append(row)
                case .failure(let failure): predictions[index] = .failure(failure)
                case nil: break
                }
            }
            open = []
            let start = now()
            for (kind, members) in groups.sorted(by: { $0.value[0].index < $1.value[0].index }) {
                let classified = try await classify(members, kind: kind, schema: schema)
                for (row, prediction) in zip(members, classified) {
                    predictions[row.index] = prediction
                    if precision == nil, isOpen(prediction, kind.precision) { open.append(row.index) }
                }
            }
            work.classifying += now() - start
        }
        return predictions.map {
            $0 ?? .failure(ItemFailure(.internalFailure, "the classifier tier gave this row no verdict"))
        }
    }

    /// Whether vectors of single precision may give the row another class.
    func isOpen(_ prediction: ItemResult<Prediction>, _ precision: EncoderPrecision) -> Bool {
        guard case .success(let prediction) = prediction else { return false }
        return precision != .fp32 && prediction.isClose
    }
}
