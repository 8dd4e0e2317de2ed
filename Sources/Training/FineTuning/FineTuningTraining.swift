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
        public var tuning: FineTuningOptions
        public var weighting = RowWeighting()
        /// The share of the different texts that is not learned: it chooses the epoch and the temperature.
        public var validationShare = 0.1
        public var threads: Int

        /// - Parameter model: one of those that ``models`` names.
        public init(_ model: ModelName, seed: Int, threads: Int) {
            precondition(FineTuningTraining.models.contains(model), "'\(model.rawValue)' fine-tunes no encoder")
            self.model = model
            self.threads = threads
            tuning = FineTuningOptions()
            tuning.seed = seed
            if model == .hybrid {
                tuning.featureCount = FineTuningTexts.featureNames.count
                tuning.headWidths = [64]
            }
        }
    }

    /// The models that are fine-tuned encoders.
    public static let models: [ModelName] = [.lora, .dann, .hybrid]

    private let logHub: LogHub
    private let corpus: Corpus
    private let parser: LineParser
    private let checkpoint: Checkpoint
    private let options: Options

    /// - Parameter parser: with the frozen tree that models ship with.
    public init(logHub: LogHub, corpus: Corpus, parser: LineParser, checkpoint: Checkpoint, options: Options) {
        self.logHub = logHub
        self.corpus = corpus
        self.parser = parser
        self.checkpoint = checkpoint
        self.options = options
    }

    /// Reads the lines and trains on them.
    ///
    /// - Parameter statePath: where the training's state is kept, so that a killed run goes on from there.
    public func run(
        statePath: String?, report: (ModelTraining.Progress) -> Void
    ) throws -> FineTunedModel {
        let lines = logHub.lines + corpus.lines
        report(ModelTraining.Progress(step: "reading lines", done: 0, total: lines.count))
        let prepared = try PreparedLines(lines, parser: parser)
        let fit = FineTuningFit(
            texts: FineTuningTexts(prepared, templates: logHub.templates, checkpoint: checkpoint),
            checkpoint: checkpoint, options: options)
        let labels = prepared.lines.map(\.label.rawValue)
        let fitted = try fit.run(lines: Array(prepared.lines.indices), labels: labels, statePath: statePath) {
            report(ModelTraining.Progress(step: "training \(options.model.rawValue)", $0))
        }
        return try FineTunedModel(fitted, prepared: prepared, labels: labels, checkpoint: checkpoint, options: options)
    }
}

extension ModelTraining.Progress {
    init(step: String, _ progress: FineTuningFit.Progress) {
        self.init(step: step, done: Int(progress.share * 1_000), total: 1_000, note: progress.note)
    }
}
