public import BERT
public import Classification
public import FineTuning
internal import Heads
public import LogParsing
internal import TocsinCore

/// Trains `lora`, `dann` or `hybrid`: adapters of the encoder with a head, to a folder that both tiers load.
public struct FineTuningTraining: Sendable {
    /// How a model is trained.
    public struct Options: Sendable {
        public var model: ModelName
        /// Of the first stage, which learns from corpus systems that are kin of no LogHub source.
        public var tuning: FineTuningOptions
        /// The second stage's passes over the other lines, and over as large a share of the first stage's again.
        public var secondEpochs = 3
        public var repeatedShare = 0.1
        /// What the second stage's learning rates are multiplied by.
        public var secondRateFactor: Float = 0.5
        public var weighting = RowWeighting()
        /// The most different texts of one event template that are learned: more of the same tell little and cost as
        /// much as others.
        public var textsPerTemplate = 4
        /// The share of the second stage's different texts that is not learned: it chooses the epoch and the temperature.
        public var validationShare = 0.1
        public var threads: Int

        /// - Parameter model: one of those that ``models`` names.
        public init(_ model: ModelName, seed: Int, threads: Int) {
            precondition(FineTuningTraining.models.contains(model), "'\(model.rawValue)' fine-tunes no encoder")
            self.model = model
            self.threads = threads
            tuning = FineTuningOptions()
            tuning.seed = seed
            tuning.epochs = 2
            // Few numbers learn: they need large steps, and nothing that holds them back.
            tuning.learningRate = 3e-3
            tuning.headLearningRate = 3e-3
            tuning.dropout = 0
            tuning.headWidths = [64]
            if model == .hybrid { tuning.featureCount = FineTuningTexts.readFeatures.count }
        }
    }

    /// The models that are fine-tuned encoders.
    public static let models: [ModelName] = [.lora, .dann, .hybrid]

    private let logHub: LogHub
    private let corpus: Corpus
    private let kin: [String: Set<String>]
    private let parser: LineParser
    private let checkpoint: Checkpoint
    private let options: Options

    /// - Parameters:
    ///   - kin: the LogHub sources that corpus systems are kin of.
    ///   - parser: with the frozen tree that models ship with.
    public init(
        logHub: LogHub, corpus: Corpus, kin: [String: Set<String>], parser: LineParser, checkpoint: Checkpoint,
        options: Options
    ) {
        self.logHub = logHub
        self.corpus = corpus
        self.kin = kin
        self.parser = parser
        self.checkpoint = checkpoint
        self.options = options
    }

    /// Removes the states that trainings kept in a folder: they ended.
    public static func removeStates(in folder: String) throws {
        try FineTuningFit.removeStates(in: folder, firstStage: true)
    }

    /// Reads the lines and trains on them.
    ///
    /// - Parameter folder: where the training's state is kept, so that a killed run goes on from there.
    public func run(
        folder: String?, report: (ModelTraining.Progress) -> Void
    ) throws -> FineTunedModel {
        let lines = logHub.lines + corpus.lines
        report(ModelTraining.Progress(step: "reading lines", done: 0, total: lines.count))
        let prepared = try PreparedLines(lines, parser: parser)
        let fit = FineTuningFit(
            texts: FineTuningTexts(prepared, templates: logHub.templates, checkpoint: checkpoint),
            checkpoint: checkpoint, options: options, kin: kin)
        let labels = prepared.lines.map(\.label.rawValue)
        let fitted = try fit.run(lines: Array(prepared.lines.indices), labels: labels, folder: folder) {
            report(ModelTraining.Progress(step: "training \(options.model.rawValue)", $0))
        }
        return try FineTunedModel(fitted, prepared: prepared, labels: labels, checkpoint: checkpoint, options: options)
    }
}

extension ModelTraining.Progress {
    init(step: String, _ progress: FineTuningFit.Progress) {
        self.init(
            step: "\(step), \(progress.stage)", done: Int(progress.share * 1_000), total: 1_000, note: progress.note)
    }
}
