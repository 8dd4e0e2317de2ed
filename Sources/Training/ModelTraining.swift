public import Classification
public import Drain
public import Embedding
internal import Foundation
internal import LineFeatures
public import LogFormats
internal import LogParsing
internal import TocsinCore
public import TreeEnsemble

/// Trains the `ml` model: LogHub and corpus lines, read by the engines that serve, to a folder that the classifier loads.
public struct ModelTraining: Sendable {
    /// How the model is trained.
    public struct Options: Sendable {
        /// The algorithm and how it grows trees; its seed is the seed of everything that is drawn.
        public var parameters: TreeParameters
        public var weighting = RowWeighting()
        /// Whether the rarer classes get rows between their own (SMOTE).
        public var addsSyntheticRows = false
        /// How many settings a search draws, beside those that are given; 0 trains with the given ones.
        public var searchDraws = 0
        /// libxgboost's threads.
        public var threads: Int

        public init(algorithm: TreeParameters.Algorithm, seed: Int, threads: Int) {
            parameters =
                switch algorithm {
                case .xgboost: .xgboost(seed: seed)
                case .randomForest: .randomForest(seed: seed)
                }
            self.threads = threads
        }

        /// The settings by name, for the manifest.
        var byName: [String: String] {
            parameters.byName.merging([
                "smote": "\(addsSyntheticRows)", "class_balance": "\(weighting.classBalance)",
                "template_balance": "\(weighting.templateBalance)", "origin_balance": "\(weighting.originBalance)",
            ]) { $1 }
        }
    }

    /// A step of the training and how much of it is done.
    public struct Progress: Sendable, Hashable {
        public var step: String
        public var done: Int
        public var total: Int
        /// What else there is to see, such as the loss.
        public var note = ""
    }

    /// A trained model, ready to be written.
    public struct Outcome: Sendable {
        public let manifest: ModelManifest
        public let booster: [UInt8]
        /// The template tree that the model's lines were read with.
        public let templates: FrozenTree
        /// The card that people read.
        public let card: String
        /// What the model said of templates while it did not know them (protocol T).
        public let outOfFold: OutOfFoldTable

        /// Writes `ml/` and `templates/` in a folder of models, in place of those that are there.
        public func write(to modelsDirectory: String) throws {
            let templatesDirectory = modelsDirectory + "/templates"
            try FileManager.default.createDirectory(atPath: templatesDirectory, withIntermediateDirectories: true)
            try Data(templates.encoded())
                .write(to: URL(filePath: templatesDirectory + "/" + ModelTraining.templatesFileName), options: .atomic)
            try outOfFold.write(to: OutOfFoldTable.path(of: .ml, in: modelsDirectory))
            try ModelArtifact.write(
                manifest, files: [TreeModel.boosterFileName: booster, ModelTraining.cardFileName: Array(card.utf8)],
                to: modelsDirectory + "/" + manifest.name)
            try RecordedQuality.add(to: .ml, in: modelsDirectory)
        }
    }

    /// The card that people read, in a model's folder.
    public static let cardFileName = "card.md"
    /// The frozen tree's name in `models/templates/`.
    public static let templatesFileName = "templates.json"

    let logHub: LogHub
    let corpus: Corpus
    let library: FormatLibrary
    let options: Options

    public init(logHub: LogHub, corpus: Corpus, library: FormatLibrary, options: Options) {
        self.logHub = logHub
        self.corpus = corpus
        self.library = library
        self.options = options
    }

    /// Mines the template tree, reads and embeds the lines, searches settings where asked to, cross-validates on
    /// template-disjoint folds and trains on everything.
    public func run(
        engine: EmbeddingEngine, report: @escaping @Sendable (Progress) -> Void
    ) async throws -> Outcome {
        let lines = logHub.lines + corpus.lines
        report(Progress(step: "mining templates", done: 0, total: lines.count))
        let tree = try FrozenTreeBuilder.build(from: lines, library: library)
        let prepared = try PreparedLines(lines, parser: LineParser(library: library, frozenTree: tree))
        let vectors = try await TextVectors(of: prepared.texts, by: engine) {
            report(Progress(step: "embedding texts", done: $0, total: $1))
        }
        return try run(prepared, vectors, tree: tree, report: report)
    }

    func run(
        _ prepared: PreparedLines, _ vectors: TextVectors, tree: FrozenTree, report: (Progress) -> Void
    ) throws -> Outcome {
        let seed = options.parameters.seed
        let search =
            options.searchDraws == 0
            ? nil
            : try SettingsSearch(prepared, vectors, templates: logHub.templates, seed: seed)
                .run(from: options, draws: options.searchDraws, report: report)
        let validation = CrossValidation(prepared, vectors, options: search?.options ?? options)
        let splits = SplitMaker(
            lines: prepared.lines, templates: logHub.templates, kin: [:], seed: seed
        ).splits(.templates)
        let outOfFold = try validation.run(splits) { fold, round in
            report(
                Progress(
                    step: "cross-validating", done: fold * round.count + round.index + 1,
                    total: splits.count * round.count))
        }
        let ensemble = try validation.train(on: Array(prepared.lines.indices)) {
            report(Progress(step: "training on everything", done: $0.index + 1, total: $0.count))
            return true
        }
        return try outcome(
            ensemble, outOfFold, search: search, prepared: prepared, labels: validation.labels,
            encoderSHA256: vectors.encoderSHA256, tree: tree)
    }

    private func outcome(
        _ ensemble: TreeEnsemble, _ outOfFold: [TemplateVerdict], search: SettingsSearch.Outcome?,
        prepared: PreparedLines, labels: [Int], encoderSHA256: String,
        tree: FrozenTree
    ) throws -> Outcome {
        let options = search?.options ?? options
        var table = OutOfFoldTable()
        table.verdicts[.templates] = outOfFold

        let booster = try ensemble.serialized()
        let rows = try TrainingRows(
            prepared, lines: Array(prepared.lines.indices), labels: labels, weighting: options.weighting)
        let manifest = ModelManifest(
            name: ModelName.ml.rawValue, algorithm: options.parameters.algorithm.displayName,
            version: "1." + SHA256.hexadecimalDigest(of: booster).prefix(8), encoderSHA256: encoderSHA256,
            featureSchema: prepared.featureSchema, temperature: table.temperature,
            abstentionThreshold: Self.abstentionThreshold,
            training: ModelManifest.Training(
                dataSHA256: Self.dataSHA256(prepared), lineCount: prepared.lines.count,
                sampleCount: rows.lineOfRow.count, seed: options.parameters.seed, parameters: options.byName),
            metrics: [:])
        return Outcome(
            manifest: manifest, booster: booster, templates: tree,
            card: ModelCard(manifest: manifest, search: search).markdown, outOfFold: table)
    }

    /// Below this confidence a verdict says that it does not know: less sure than an even choice of two classes.
    static let abstentionThreshold = 0.4

    /// SHA-256 of the model texts, features and labels in their order.
    static func dataSHA256(_ prepared: PreparedLines) -> String {
        var bytes: [UInt8] = []
        for (index, line) in prepared.lines.enumerated() {
            bytes += prepared.texts[prepared.textOfLine[index]].utf8
            bytes += [0, UInt8(line.label.rawValue)]
            for value in prepared.features[index] {
                withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
            }
        }
        return SHA256.hexadecimalDigest(of: bytes)
    }
}
