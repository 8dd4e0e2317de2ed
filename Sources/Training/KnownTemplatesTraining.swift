public import Classification
public import Embedding
internal import Foundation
internal import LineFeatures
public import LogParsing
internal import MatrixMath
internal import TocsinCore

/// Gives models the templates that they were trained on, each with its vector, so that explanations can name the
/// nearest.
public struct KnownTemplatesTraining: Sendable {
    private let entries: [KnownTemplates.Entry]
    /// Of each entry, some of its texts.
    private let texts: [[String]]

    /// Gathers the templates of all lines that models are trained on.
    ///
    /// - Parameter parser: with the frozen tree that models ship with.
    public init(logHub: LogHub, corpus: Corpus, parser: LineParser) throws {
        self.init(try PreparedLines(logHub.lines + corpus.lines, parser: parser), events: logHub.templates)
    }

    /// - Parameter events: LogHub's own templates, which stand for its lines; those of others are the frozen tree's.
    init(_ prepared: PreparedLines, events: [LogHub.Template]) {
        let textOfEvent = Dictionary(events.map { ($0.id, $0.text) }, uniquingKeysWith: { first, _ in first })
        let templates = zip(prepared.lines, prepared.templates).map { line, template in
            line.templateID.flatMap { textOfEvent[$0] } ?? template
        }
        var indexOfTemplate: [String: Int] = [:]
        var lines: [[Int]] = []
        for (line, template) in templates.enumerated() where !prepared.texts[prepared.textOfLine[line]].isEmpty {
            let index = indexOfTemplate[template] ?? lines.count
            if index == lines.count {
                indexOfTemplate[template] = index
                lines.append([])
            }
            lines[index].append(line)
        }
        entries = lines.map { lines in
            var votes = [Int](repeating: 0, count: AnomalyClass.count)
            for line in lines { votes[prepared.lines[line].label.rawValue] += 1 }
            let winner = votes.firstIndex(of: votes.max() ?? 0) ?? 0
            return KnownTemplates.Entry(
                text: templates[lines[0]], anomalyClass: AnomalyClass(rawValue: winner) ?? .normal,
                source: prepared.lines[lines[0]].system)
        }
        texts = lines.map { lines in
            var seen = Set<Int>()
            return lines.map { prepared.textOfLine[$0] }.filter { seen.insert($0).inserted }
                .prefix(Self.textsOfTemplate).map { prepared.texts[$0] }
        }
    }

    /// Enough for a mean that few odd values cannot bend.
    private static let textsOfTemplate = 4

    /// Adds the templates to a model's folder, in place of those that are there.
    ///
    /// - Parameter engine: with the model's variant of the encoder.
    /// - Returns: how many there are.
    @discardableResult
    public func add(
        to model: ModelName, in modelsDirectory: String, engine: EmbeddingEngine,
        report: @escaping @Sendable (ModelTraining.Progress) -> Void
    ) async throws -> Int {
        let directory = "\(modelsDirectory)/\(model.rawValue)"
        let artifact = try ModelArtifact(directory: directory)
        let vectors = try await TextVectors(
            of: texts.flatMap(\.self), by: engine, variant: EncoderVariant(rawValue: model.rawValue) ?? .base
        ) { report(ModelTraining.Progress(step: "embedding known templates", done: $0, total: $1)) }
        guard vectors.encoderSHA256 == artifact.manifest.encoderSHA256 else {
            throw TrainingError.wrongEncoder(
                model: model.rawValue, found: vectors.encoderSHA256, expected: artifact.manifest.encoderSHA256)
        }
        var block = VectorBlock(dimension: FeatureTable.embeddingCount)
        for texts in texts { block.append(Self.mean(of: texts.map { vectors[$0] })) }
        let far = Self.farSimilarity(of: block, sources: entries.map(\.source))
        var files = artifact.files
        files[KnownTemplates.fileName] = KnownTemplates.encoded(entries, vectors: block, farSimilarity: far)
        try ModelArtifact.write(artifact.manifest, files: files, to: directory)
        return entries.count
    }

    private static func mean(of vectors: [ArraySlice<Float>]) -> [Float] {
        var sum = [Float](repeating: 0, count: FeatureTable.embeddingCount)
        for vector in vectors { for (column, value) in vector.enumerated() { sum[column] += value } }
        return sum.map { $0 / Float(vectors.count) }
    }

    /// The cosine that all but one in fifty templates reach beside those of other systems: what lies farther from
    /// everything known than that is like nothing the model has seen.
    static func farSimilarity(of vectors: VectorBlock, sources: [String]) -> Float {
        let count = vectors.count
        let spread = VectorSpread(vectors)
        var rows = vectors.values
        for row in 0..<count {
            let range = row * vectors.dimension..<(row + 1) * vectors.dimension
            var length: Float = 0
            for (column, index) in range.enumerated() {
                rows[index] -= spread.mean[column]
                length += rows[index] * rows[index]
            }
            guard length > 0 else { continue }
            let scale = 1 / length.squareRoot()
            for index in range { rows[index] *= scale }
        }
        let systems = Set(sources).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: zip(systems, systems.indices))
        let system = sources.map { numbers[$0] ?? 0 }
        var best = [Float](repeating: -1, count: count)
        var products = [Float](repeating: 0, count: min(Self.rowsAtOnce, count) * count)
        rows.withUnsafeBufferPointer { rows in
            products.withUnsafeMutableBufferPointer { products in
                guard let base = rows.baseAddress, let output = products.baseAddress else { return }
                let all = MatrixView(base, rows: count, columns: vectors.dimension)
                for start in stride(from: 0, to: count, by: Self.rowsAtOnce) {
                    let part = start..<min(start + Self.rowsAtOnce, count)
                    multiply(
                        all[part], transposed: all,
                        into: MutableMatrixView(output, rows: part.count, columns: count))
                    for row in part {
                        for other in 0..<count where system[other] != system[row] {
                            best[row] = max(best[row], output[(row - part.lowerBound) * count + other])
                        }
                    }
                }
            }
        }
        return best.sorted()[count / 50]
    }

    private static let rowsAtOnce = 256
}
