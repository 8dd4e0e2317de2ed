import Classification
import Drain
import Embedding
import Foundation
import LineFeatures
import LogFormats
import LogParsing
import TestEncoder
import Testing
import TocsinCore
import TreeEnsemble

@testable import Training

@Suite(.enabled(if: TestEncoder.isPresent, "SKIPPED: there is no encoder; run models/fetch-encoder"))
struct ModelTrainingTests {
    private let lines = SampleLines.lines(variants: 12)
    private let engine: EmbeddingEngine

    init() throws { engine = try EmbeddingEngine(encoderDirectory: TestEncoder.requireDirectory()) }

    private func trained(_ algorithm: TreeParameters.Algorithm = .xgboost) async throws -> ModelTraining.Outcome {
        var options = ModelTraining.Options(algorithm: algorithm, seed: 3, threads: 1)
        options.parameters.rounds = min(options.parameters.rounds, 10)
        options.parameters.parallelTrees = min(options.parameters.parallelTrees, 10)
        let training = ModelTraining(
            logHub: LogHub(lines: lines, templates: SampleLines.templates), corpus: Corpus(lines: []),
            library: try .standard(), options: options)
        return try await training.run(engine: engine) { _ in }
    }

    @Test("a trained model is loaded and knows its training lines, read by the tiers' own engines")
    func serves() async throws {
        let folder = try TemporaryFolder()
        try await trained().write(to: folder.path)
        let tree = try FrozenTree(
            decoding: [UInt8](Data(contentsOf: URL(filePath: folder.path + "/templates/templates.json"))))
        let parser = LineParser(library: try .standard(), frozenTree: tree)
        let (report, _, _) = try await LabelledFileEvaluation.run(
            on: lines, model: "ml", parser: parser, embedder: engine,
            classifier: ClassificationEngine(modelsDirectory: folder.path), training: lines)
        #expect(report.rows[0].perLine.accuracy > 0.95)
        #expect(report.markdown.contains("| ml |"))
        let details = try #require(try ClassificationEngine(modelsDirectory: folder.path).models[0].details)
        #expect(details.evaluation["T"]?.macroF1 == details.macroF1)
        #expect(details.evaluation["T"]?.templateCount == SampleLines.templates.count)
    }

    @Test("training and serving see the same numbers, in any order and batch")
    func parity() async throws {
        let tree = try FrozenTreeBuilder.build(from: lines, library: .standard())
        let prepared = try PreparedLines(lines, parser: LineParser(library: .standard(), frozenTree: tree))
        let vectors = try await TextVectors(of: prepared.texts, by: engine)
        let trained = try TrainingRows.matrix(prepared, vectors, lines: lines.indices)

        // As a server reads them: another engine, one line at a time, from the last to the first.
        let parser = LineParser(library: try .standard(), frozenTree: tree)
        let other = try EmbeddingEngine(encoderDirectory: TestEncoder.requireDirectory())
        for index in lines.indices.reversed().prefix(40) {
            var block = LineBlock()
            block.append(lines[index].line)
            let parsed = try parser.parse(ParseBatch(lines: block)).lines[0].get()
            let embedded = try await other.embed(EmbedBatch(texts: [parsed.modelText]))
            var row = VectorBlock(dimension: FeatureTable.count)
            try FeatureRows.append(
                embedding: embedded.vectors[0], lineFeatures: parsed.features[...], to: &row)
            let expected = trained[index * FeatureTable.count..<(index + 1) * FeatureTable.count]
            #expect(zip(row.values, expected).allSatisfy { abs($0 - $1) < 1e-4 })
            #expect(Array(row.values[768...]) == Array(expected.dropFirst(768)))
        }
    }

    @Test("the same lines and seed give the same artifact", arguments: TreeParameters.Algorithm.allCases)
    func deterministic(algorithm: TreeParameters.Algorithm) async throws {
        let first = try await trained(algorithm), second = try await trained(algorithm)
        #expect(first.booster == second.booster)
        #expect(first.manifest == second.manifest)
        #expect(first.manifest.algorithm == algorithm.displayName)
        #expect(first.card.contains(first.manifest.version))
    }

    @Test("labels that are shuffled among the templates cannot be learned")
    func shuffledLabels() async throws {
        let tree = FrozenTree(typedTexts: [])
        let prepared = try PreparedLines(lines, parser: LineParser(library: .standard(), frozenTree: tree))
        let vectors = try await TextVectors(of: prepared.texts, by: engine)
        let templates = SampleLines.templates
        var accuracies: [Double] = []
        for seed in 1...6 {
            var generator = SeededGenerator(seed: seed)
            let shuffled = Dictionary(
                uniqueKeysWithValues: zip(
                    templates.map(\.id), templates.map(\.label.rawValue).shuffled(using: &generator)))
            let labels = lines.map { shuffled[$0.templateID ?? ""] ?? 0 }
            var parameters = TreeParameters.xgboost(seed: seed)
            parameters.rounds = 10
            let outOfFold = try CrossValidation(
                prepared: prepared, vectors: vectors, labels: labels, weighting: RowWeighting(),
                parameters: parameters, threads: 1
            ).run(
                SplitMaker(
                    lines: lines,
                    templates: templates.map {
                        LogHub.Template(id: $0.id, source: $0.source, text: $0.text, label: .normal)
                    },
                    kin: [:], seed: seed
                ).splits(.templates)
            ) { _, _ in }
            let hits = outOfFold.reduce(0) { $0 + $1.lineCounts[shuffled[$1.id] ?? 0] }
            accuracies.append(Double(hits) / Double(lines.count))
        }
        // Chance is 1 of 7; a template's two kin of the same label are fewer than its rivals, so it may be less.
        #expect(accuracies.reduce(0, +) / 6 < 0.25)
    }

    @Test("a class without a line is refused by its name")
    func missingClass() throws {
        let without = lines.filter { $0.label != .hardwareIssue }
        let prepared = try PreparedLines(
            without, parser: LineParser(library: .standard(), frozenTree: FrozenTree(typedTexts: [])))
        #expect(throws: TrainingError.missingClass(name: "hardware_issue")) {
            try TrainingRows(
                prepared, lines: Array(without.indices), labels: without.map(\.label.rawValue),
                weighting: RowWeighting())
        }
    }

    @Test("rows are the different texts, and weights make templates and classes more alike")
    func weights() throws {
        let prepared = try PreparedLines(
            lines, parser: LineParser(library: .standard(), frozenTree: FrozenTree(typedTexts: [])))
        let labels = lines.map(\.label.rawValue)
        let all = Array(lines.indices)
        let rows = try TrainingRows(
            prepared, lines: all, labels: labels, weighting: RowWeighting(classBalance: 1, originBalance: 0))
        #expect(rows.lineOfRow.count == prepared.texts.count)
        var sums = [Float](repeating: 0, count: 7)
        for (label, weight) in zip(rows.labels, rows.weights) { sums[label] += weight }
        for sum in sums { #expect(abs(sum - sums[0]) < 1e-3 * sums[0]) }
        let plain = try TrainingRows(
            prepared, lines: all, labels: labels,
            weighting: RowWeighting(classBalance: 0, templateBalance: 0, originBalance: 0))
        #expect(plain.weights.allSatisfy { $0 == 1 })
    }
}
