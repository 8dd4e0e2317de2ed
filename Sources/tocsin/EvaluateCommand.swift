internal import ArgumentParser
internal import BERT
internal import Classification
internal import Drain
internal import Embedding
internal import FineTuning
internal import Foundation
internal import LocalTiers
internal import LogFormats
internal import LogParsing
internal import TocsinCore
internal import Training
internal import TreeEnsemble

/// `tocsin evaluate`: how good the shipped model is on what it does not know, the baselines beside it.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure the model: by templates, by sources, on a labelled file.",
        discussion: """
            Protocol T (unseen templates) is read from the verdicts that were recorded when the model was trained \
            without the templates it is asked about; S (unseen sources) and random are recorded by --retrain. \
            Protocol F asks the shipped model about a labelled file.

            --parsing measures the template miner in place of the model, against LogHub's own templates and, where the \
            data sets have them, the corrected ones.

            EXAMPLES
              tocsin evaluate --datasets ~/datasets
              tocsin evaluate --parsing --datasets ~/datasets
              tocsin evaluate --datasets ~/datasets --output html > figures.html
              tocsin evaluate --dataset-report --datasets ~/datasets > data.html    what the labelled lines are like
              tocsin evaluate --deletion-test --model lora --datasets ~/datasets    whether explanations name what counts
            """)

    @OptionGroup var options: TrainingDataOptions
    @Flag(help: "Measure how well templates are mined: GA, PA, FGA and FTA of each source.")
    var parsing = false
    @Flag(help: "Show what the labelled lines are like, as a page of HTML.")
    var datasetReport = false
    @Flag(help: "Measure how often the three words that an explanation names count more than three others.")
    var deletionTest = false
    @Option(help: "With --deletion-test, the most lines that are tested.")
    var most = 200
    @Option(name: .shortAndLong, help: "How figures are shown: text (Markdown), json, or html with charts.")
    var output = EvaluationOutput.text
    @Option(help: "The model that is measured.")
    var model = ModelName.ml
    @Option(
        name: .customLong("protocol"),
        help: "T, S, F or random, several separated by commas; without it, all that are recorded.")
    var protocols: String?
    @Option(help: "Lines with labels for protocol F: one JSON object a row with line and label.")
    var data: String?
    @Option(
        help: """
            Numbers that the encoder computes the texts in question with: fp32, or int8 to see what its speed costs. \
            Models are trained on fp32 all the same; with --retrain, each split's model is trained once and asked about \
            the same lines with both, and both are recorded.
            """)
    var precision = EncoderPrecision.fp32
    @Option(help: "The folder of models.")
    var models = "models"
    @Option(help: "Seed of the splits and, with --retrain, of the training.")
    var seed = 1
    @Flag(help: "Train anew on every split and record the verdicts in the model's folder.")
    var retrain = false
    @Flag(
        help: """
            With protocol F, record the verdicts and put their figures into the model's card; an ensemble of the model is \
            to be fitted anew then.
            """)
    var record = false
    @Option(help: "With --retrain, train on each protocol's first splits only; shown, not recorded.")
    var splits: Int?
    @Option(help: "With --retrain of a fine-tuned model, its passes over the texts.")
    var epochs: Int?
    @Option(help: "Threads for embedding and training.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    func run() async throws {
        if parsing { return try evaluateParsing() }
        if datasetReport { return try reportOnData() }
        if deletionTest { return try await testDeletions() }
        var reports: [EvaluationReport] = []
        let precisions = precision == .fp32 ? [.fp32] : [.fp32, precision]
        var paths = precisions.map { OutOfFoldTable.path(of: model, in: models, $0) }
        if model == .words { paths.append(OutOfFoldTable.bagOfWordsPath(in: models)) }
        var tables = try paths.map(OutOfFoldTable.init(ifThereAt:))
        let chosen = try data == nil ? parsedProtocols(recorded: Array(tables[0].verdicts.keys)) : [.field]
        let parser = try LineParser(library: .standard(), frozenTree: FrozenTree(modelsDirectory: models))
        let logHub = try LogHub(directory: options.logHubDirectory(), labels: options.labels)
        let corpus = try Corpus(directory: options.corpus)

        let recorded = chosen.filter { $0 != .field }
        if !recorded.isEmpty {
            let evaluation = try ModelEvaluation(
                logHub: logHub, corpus: corpus, kin: Corpus.kin(path: options.kin), parser: parser,
                options: treeOptions(), splitLimit: splits)
            if retrain {
                for (place, anew) in try await outOfFold(recorded, evaluation).enumerated() {
                    tables[place].verdicts.merge(anew.verdicts) { $1 }
                    if splits == nil { try tables[place].write(to: paths[place]) }
                }
            }
            for name in recorded {
                let verdicts = try zip(tables, paths).map { table, path in
                    guard let verdicts = table.verdicts[name] else {
                        throw ValidationError("'\(path)' has no verdicts of protocol \(name.rawValue); use --retrain")
                    }
                    return verdicts
                }
                if precision == .fp32 {
                    reports.append(try evaluation.report(name, model: model.rawValue, verdicts[0]))
                } else {
                    print(
                        try PrecisionComparison(name, exact: verdicts[0], other: verdicts[1], precision).markdown)
                }
            }
        }
        if chosen.contains(.field) {
            let path = try data ?? options.datasetsDirectory() + "/field_lines_dev.jsonl"
            let (report, verdicts, bagOfWords) = try await LabelledFileEvaluation.run(
                on: LabelledFile.read(path), model: model.rawValue, parser: parser,
                embedder: options.engine(threads: threads, precision: precision, models: models),
                classifier: ClassificationEngine(modelsDirectory: models, active: model, loadsOthers: false),
                training: logHub.lines + corpus.lines)
            reports.append(report)
            if record {
                for ((place, path), verdicts) in zip(paths.enumerated(), [verdicts, bagOfWords]) {
                    tables[place].verdicts[.field] = verdicts
                    try tables[place].write(to: path)
                }
                try RecordedQuality.add(to: model, in: models)
            }
        }
        try output.show(reports, title: "How good model \(model.rawValue) is")
    }

    private func evaluateParsing() throws {
        let datasets = try options.datasetsDirectory()
        print(try ParsingEvaluation(.original, datasets: datasets).markdown)
        guard FileManager.default.fileExists(atPath: "\(datasets)/loghub_2k_corrected") else {
            print("'\(datasets)' has no loghub_2k_corrected/: the corrected ground truth is left out")
            return
        }
        print(try ParsingEvaluation(.corrected, datasets: datasets).markdown)
    }

    func validate() throws {
        guard !record || data != nil || protocols == EvaluationProtocol.field.rawValue, !record || precision == .fp32
        else {
            throw ValidationError("--record needs --protocol F, and vectors of fp32")
        }
        guard splits == nil || retrain else { throw ValidationError("--splits needs --retrain") }
        guard output == .text || precision == .fp32 || data != nil else {
            throw ValidationError(
                "--output \(output.rawValue) shows figures of fp32; compare precisions with --output text")
        }
        guard splits.map({ $0 > 0 }) ?? true else { throw ValidationError("--splits is below 1, expected 1 or more") }
    }

    /// How the trees of `ml` were grown, so that they are grown so again; as by default where there are none.
    private func treeOptions() throws -> ModelTraining.Options {
        guard model == .ml, ModelArtifact.exists(.ml, in: models) else {
            return ModelTraining.Options(algorithm: .xgboost, seed: seed, threads: threads)
        }
        return try ModelTraining.Options(
            recorded: ModelArtifact(directory: "\(models)/\(ModelName.ml.rawValue)").manifest, seed: seed,
            threads: threads)
    }

    /// Trains the model anew on each split: what it says with vectors of fp32, and with the precision that is asked for
    /// where it is another.
    private func outOfFold(
        _ protocols: [EvaluationProtocol], _ evaluation: ModelEvaluation
    ) async throws -> [OutOfFoldTable] {
        let progress = ProgressLine()
        defer { progress.end() }
        switch model {
        case .words:
            guard precision == .fp32 else { throw ValidationError("model words reads no vectors of any precision") }
            return try evaluation.wordsOutOfFold(protocols)
        case .ensemble:
            let training = try EnsembleTraining(modelsDirectory: models, protocols: protocols)
            return try (precision == .fp32 ? [.fp32] : [.fp32, precision]).map { precision in
                var table = OutOfFoldTable()
                for name in protocols { table.verdicts[name] = try training.outOfFold(name, precision) }
                return table
            }
        case .ml:
            return try await evaluation.outOfFold(
                protocols, engine: options.engine(threads: threads),
                other: precision == .fp32 ? nil : options.engine(threads: threads, precision: precision)
            ) { progress.show($0.step, $0.done, of: $0.total) }
        case .lora, .dann, .hybrid:
            var fineTuning = FineTuningTraining.Options(model, seed: seed, threads: threads)
            fineTuning.validationShare = 0
            if let epochs { fineTuning.tuning.epochs = epochs }
            return try evaluation.outOfFold(
                protocols, checkpoint: Checkpoint(directory: options.encoder),
                other: precision == .fp32 ? nil : Checkpoint(directory: options.encoder, precision: precision),
                fineTuning: fineTuning, folder: "\(models)/\(model.rawValue)"
            ) { progress.show($0.step, $0.done, of: $0.total, note: $0.note) }
        }
    }

    private func parsedProtocols(recorded: [EvaluationProtocol]) throws -> [EvaluationProtocol] {
        guard let protocols else {
            if retrain { return [.templates, .sources] }
            let unseen = EvaluationProtocol.allCases.filter { $0 != .field && recorded.contains($0) }
            guard !unseen.isEmpty else {
                throw ValidationError("no verdicts are recorded; use --retrain or --protocol F")
            }
            return unseen
        }
        return try protocols.split(separator: ",").map { name in
            guard let known = EvaluationProtocol(rawValue: String(name)) else {
                let names = EvaluationProtocol.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("there is no protocol '\(name)'; name some of \(names)")
            }
            return known
        }
    }
}
