import BERT
import Classification
import Drain
import Embedding
import LineFeatures
import LocalTiers
import LogFormats
import LogParsing
import TocsinCore
import Training

/// What the classifier is asked in the measure: lines of the corpus, read and embedded by the engines that serve.
struct BenchRows: Sendable {
    /// `[count, 768]`: of the base encoder, for every model; what a number is makes no product slower.
    let vectors: VectorBlock
    /// `[count, 22]`.
    let features: VectorBlock
    let modelTexts: [[UInt8]]
    let modelTemplates: [String]
    let logTypes: [String]
    let featureSchema: FeatureSchema

    var count: Int { vectors.count }

    /// - Parameter count: lines that are taken, spread over the whole corpus.
    init(count: Int, corpus: Corpus, modelsDirectory: String, encoder: EmbeddingEngine) async throws {
        let parser = LineParser(library: try .standard(), frozenTree: try FrozenTree(modelsDirectory: modelsDirectory))
        var lines = LineBlock()
        for index in 0..<count { lines.append(corpus.lines[index * corpus.lines.count / count].line) }
        var features = VectorBlock(dimension: FeatureTable.lineFeatureCount)
        var texts: [[UInt8]] = []
        var templates: [String] = []
        var logTypes: [String] = []
        for result in try parser.parse(ParseBatch(lines: lines)).lines {
            let line = try result.get()
            features.append(line.features)
            texts.append(Array(line.modelText.utf8))
            templates.append(line.modelTemplate)
            logTypes.append(line.logType)
        }
        var vectors = VectorBlock(dimension: FeatureTable.embeddingCount)
        for start in stride(from: 0, to: count, by: 1_024) {
            var block = LineBlock()
            for text in texts[start..<min(start + 1_024, count)] { block.append(text) }
            let embedded = try await encoder.embed(EmbedBatch(texts: block))
            for row in 0..<block.count { vectors.append(embedded.vectors[row]) }
        }
        self.vectors = vectors
        self.features = features
        modelTexts = texts
        modelTemplates = templates
        self.logTypes = logTypes
        featureSchema = parser.featureSchema
    }

    /// Rows as a call of the classifier has them.
    ///
    /// - Parameter encoders: SHA-256 of those whose vectors the model reads; each gets the same.
    func batch(_ rows: Range<Int>, model: String, encoders: [String]) -> ClassifyBatch {
        var wide = VectorBlock(dimension: max(encoders.count, 1) * FeatureTable.embeddingCount)
        var features = VectorBlock(dimension: FeatureTable.lineFeatureCount)
        var texts = LineBlock()
        for row in rows {
            if !encoders.isEmpty { wide.append(encoders.flatMap { _ in vectors[row] }) }
            features.append(self.features[row])
            texts.append(modelTexts[row])
        }
        return ClassifyBatch(
            vectors: wide, features: features, modelTexts: texts, modelTemplates: LineBlock(modelTemplates[rows]),
            logTypes: Array(logTypes[rows]), model: model, featureSchema: featureSchema, encoderSHA256s: encoders)
    }

    /// `[rows, 790]`, as trees read them.
    func matrix(_ rows: Range<Int>) throws -> [Float] {
        var block = VectorBlock(dimension: FeatureTable.count)
        for row in rows { try FeatureRows.append(embedding: vectors[row], lineFeatures: features[row], to: &block) }
        return block.values
    }
}
