internal import BERT
public import Classification
internal import Embedding
internal import FineTuning
internal import Foundation
internal import Heads
internal import TocsinCore

/// A fine-tuned encoder and its head, ready to be written.
public struct FineTunedModel: Sendable {
    private let model: ModelName
    private let adapters: EncoderAdapters
    private let head: TrainedHead
    /// Without the encoder's hash: that of the adapters' file, which is known when it is written.
    private let manifest: ModelManifest
    /// Of the validation part.
    private let scores: Scores

    init(
        _ fitted: FineTuningFit.Fitted, prepared: PreparedLines, labels: [Int], checkpoint: Checkpoint,
        options: FineTuningTraining.Options
    ) throws {
        model = options.model
        adapters = fitted.tuner.adapters(
            hiddenSize: checkpoint.configuration.hiddenSize, encoderSHA256: checkpoint.sha256)
        head = TrainedHead(head: fitted.tuner.labelHead, features: fitted.features)
        let validation = fitted.validation
        let margins = fitted.margins(validation)
        let truth = validation.map { labels[$0] }
        // The scores' calibration error is of the very lines that the temperature suits: it is not reported.
        scores = Scores(predicted: FineTuningFit.classes(margins), labels: truth)
        let calibration =
            validation.isEmpty
            ? Calibration(temperature: 1)
            : Calibration.fitted(
                margins: margins, labels: truth, weights: truth.map { _ in 1 }, classCount: AnomalyClass.count)
        func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
        var parameters = options.byName
        parameters["base_encoder"] = checkpoint.sha256
        manifest = ModelManifest(
            name: options.model.rawValue, algorithm: Self.algorithm(options.model), version: "1",
            encoderSHA256: "", featureSchema: prepared.featureSchema, temperature: rounded(calibration.temperature),
            abstentionThreshold: ModelTraining.abstentionThreshold,
            training: ModelManifest.Training(
                dataSHA256: ModelTraining.dataSHA256(prepared), lineCount: prepared.lines.count,
                sampleCount: fitted.sampleCount, seed: options.tuning.seed, parameters: parameters),
            metrics: [
                "validation macro-F1 per text": rounded(scores.macroF1),
                "validation accuracy per text": rounded(scores.accuracy),
                "validation texts": Double(validation.count),
            ])
    }

    private static func algorithm(_ model: ModelName) -> String {
        switch model {
        case .lora: "LoRA-BERT"
        case .dann: "DANN-BERT"
        case .hybrid: "Hybrid-BERT"
        case .ml, .words, .ensemble: preconditionFailure("'\(model.rawValue)' fine-tunes no encoder")
        }
    }

    /// Writes the model's folder in a folder of models, in place of one that is there.
    @discardableResult
    public func write(to modelsDirectory: String) throws -> ModelArtifact {
        let directory = "\(modelsDirectory)/\(manifest.name)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let adaptersPath = "\(directory)/\(EncoderSet.adapterFileName)"
        try adapters.write(to: adaptersPath)
        let adapterBytes = [UInt8](try Data(contentsOf: URL(filePath: adaptersPath)))
        var manifest = manifest
        manifest.encoderSHA256 = SHA256.hexadecimalDigest(of: adapterBytes)
        manifest.version += "." + manifest.encoderSHA256.prefix(8)
        try ModelArtifact.write(
            manifest,
            files: [
                EncoderSet.adapterFileName: adapterBytes, TrainedHead.fileName: try head.json(),
                ModelTraining.cardFileName: Array(card(manifest).utf8),
            ], to: directory)
        return try RecordedQuality.add(to: model, in: modelsDirectory)
    }

    /// The page that tells people what the model is.
    private func card(_ manifest: ModelManifest) -> String {
        let training = manifest.training
        let reads = head.features.isEmpty ? "" : " and \(head.features.map(\.name).joined(separator: ", "))"
        return """
            # Model `\(manifest.name)`: \(manifest.algorithm) \(manifest.version)

            Low-rank adapters on every layer's query and value of the base encoder, and a head that reads the 768-wide
            vector\(reads); gives one of seven classes (`models/labels/RUBRIC.md`) with a calibrated probability.

            * **Trained on** \(training.sampleCount) different texts of \(training.lineCount) labelled lines
              (LogHub's 16 systems and the hand-written corpus); seed \(training.seed). No line of the documented
              examples and no field line is among them.
            * **Settings** \(training.parameters.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                .joined(separator: ", ")).
            * **Calibrated** by one temperature, \(manifest.temperature), fitted on the validation part.
              A confidence below \(manifest.abstentionThreshold) abstains.
            * **Needs** the encoder `\((training.parameters["base_encoder"] ?? "").prefix(12))…` with the adapters of
              this folder, and the template tree `\(manifest.templateTreeSHA256.prefix(12))…`; others are refused.

            On a validation part of \(scores.classes.reduce(0) { $0 + $1.support }) texts, which share no event template
            and no corpus system with what was learned, but chose the epoch: macro-F1 \(text(scores.macroF1)),
            accuracy \(text(scores.accuracy)).
            """
    }

    private func text(_ value: Double) -> String { String(format: "%.3f", value) }
}

extension FineTuningTraining.Options {
    /// The settings by name, for the manifest.
    fileprivate var byName: [String: String] {
        [
            "rank": "\(tuning.rank)", "alpha": "\(tuning.alpha)", "head_widths": "\(tuning.headWidths)",
            "learning_rate": "\(tuning.learningRate)", "head_learning_rate": "\(tuning.headLearningRate)",
            "epochs": "\(tuning.epochs)", "second_epochs": "\(secondEpochs)",
            "second_rate_factor": "\(secondRateFactor)", "repeated_share": "\(repeatedShare)",
            "texts_per_template": "\(textsPerTemplate)", "batch_tokens": "\(tuning.batchTokens)",
            "warm_up": "\(tuning.warmUpShare)", "weight_decay": "\(tuning.weightDecay)",
            "clip_norm": "\(tuning.clipNorm)", "dropout": "\(tuning.dropout)",
            "label_smoothing": "\(tuning.labelSmoothing)",
        ]
    }
}
