public import Embedding
internal import Heads
internal import LineFeatures
public import LogParsing
public import TocsinCore

/// Labelled lines with all that a model reads of them, made by the very engines that serve.
public struct PreparedLines: Sendable {
    public let lines: [LabelledLine]
    public let featureSchema: FeatureSchema
    /// The different model texts, in the order of their first lines.
    public let texts: [String]
    /// Which of `texts` each line has.
    public let textOfLine: [Int]
    /// `[lines, 22]`.
    public let features: VectorBlock
    /// The frozen tree's template of each line.
    public let templates: [String]
    public let logTypes: [String]

    /// Parses the lines.
    public init(_ lines: [LabelledLine], parser: LineParser) throws {
        self.lines = lines
        var texts: [String] = []
        var indexOfText: [String: Int] = [:]
        var textOfLine: [Int] = []
        var templates: [String] = []
        var logTypes: [String] = []
        var features = VectorBlock(dimension: FeatureTable.lineFeatureCount)
        features.reserveCapacity(rows: lines.count)
        featureSchema = parser.featureSchema
        for start in stride(from: 0, to: lines.count, by: Self.linesAtOnce) {
            var block = LineBlock()
            for line in lines[start..<min(start + Self.linesAtOnce, lines.count)] { block.append(line.line) }
            for result in try parser.parse(ParseBatch(lines: block)).lines {
                let parsed = try result.get()
                let index = indexOfText[parsed.modelText] ?? texts.count
                if index == texts.count {
                    indexOfText[parsed.modelText] = index
                    texts.append(parsed.modelText)
                }
                textOfLine.append(index)
                templates.append(parsed.modelTemplate)
                logTypes.append(parsed.logType)
                features.append(parsed.features)
            }
        }
        self.texts = texts
        self.textOfLine = textOfLine
        self.templates = templates
        self.logTypes = logTypes
        self.features = features
    }

    private static let linesAtOnce = 4_096
}

/// The encoder's vectors of texts, computed once for each.
public struct TextVectors: Sendable {
    public let encoderSHA256: String
    private var rowOfText: [String: Int] = [:]
    private var vectors: VectorBlock

    /// - Parameters:
    ///   - variant: the encoder's variant that reads the texts.
    ///   - report: is told how many of the texts are done.
    public init(
        of texts: [String], by engine: EmbeddingEngine, variant: EncoderVariant = .base,
        report: @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws {
        var vectors: VectorBlock?
        var encoder = ""
        for start in stride(from: 0, to: texts.count, by: Self.textsAtOnce) {
            let part = texts[start..<min(start + Self.textsAtOnce, texts.count)]
            let batch = try await engine.embed(EmbedBatch(texts: LineBlock(part), variant: variant))
            if let failure = batch.failures.first?.value { throw failure }
            for row in 0..<part.count {
                if vectors == nil { vectors = VectorBlock(dimension: batch.vectors.dimension) }
                vectors?.append(batch.vectors[row])
                rowOfText[part[start + row]] = start + row
            }
            encoder = batch.encoderSHA256
            report(start + part.count, texts.count)
        }
        guard let vectors else { throw TrainingError.noData("there is no text to embed") }
        self.vectors = vectors
        encoderSHA256 = encoder
    }

    /// Vectors that are known already: row i of `vectors` is of text i.
    init(_ texts: [String], vectors: VectorBlock, encoderSHA256: String) {
        rowOfText = Dictionary(zip(texts, 0...), uniquingKeysWith: { first, _ in first })
        self.vectors = vectors
        self.encoderSHA256 = encoderSHA256
    }

    /// The vector of a text that was embedded.
    subscript(text: String) -> ArraySlice<Float> {
        guard let row = rowOfText[text] else { preconditionFailure("'\(text)' was not embedded") }
        return vectors[row]
    }

    private static let textsAtOnce = 1_024
}

extension PreparedLines {
    /// How features are spread among lines.
    func measured(_ features: [LineFeature], in lines: [Int]) -> [ScaledFeature] {
        features.map { feature in
            ScaledFeature(name: feature.name, values: lines.map { value(feature.rawValue, of: $0) })
        }
    }

    /// What a head gets of a line.
    ///
    /// - Parameter measured: by ``measured(_:in:)``; a head without features has none.
    func scaled(_ measured: [ScaledFeature], of line: Int) -> [Float] {
        measured.map { feature in
            guard let column = Self.columnOfFeature[feature.name] else {
                preconditionFailure("'\(feature.name)' is no line feature")
            }
            return feature.scaled(value(column, of: line))
        }
    }

    private static let columnOfFeature = Dictionary(
        uniqueKeysWithValues: LineFeature.allCases.map { ($0.name, $0.rawValue) })

    private func value(_ column: Int, of line: Int) -> Float {
        let row = features[line]
        return row[row.startIndex + column]
    }
}
