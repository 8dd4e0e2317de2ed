public import Classification
internal import Foundation
internal import Heads
public import LogParsing
internal import TocsinCore

/// Trains `words`: the bag of words that every model stands beside, as a model of its own.
public struct WordsTraining: Sendable {
    private let lines: [LabelledLine]
    private let parser: LineParser

    /// - Parameter parser: with the frozen tree that models ship with.
    public init(logHub: LogHub, corpus: Corpus, parser: LineParser) {
        lines = logHub.lines + corpus.lines
        self.parser = parser
    }

    /// Trains on every line and writes the model's folder in a folder of models.
    public func write(to modelsDirectory: String) throws -> ModelArtifact {
        let prepared = try PreparedLines(lines, parser: parser)
        let labels = lines.map(\.label.rawValue)
        let fit = WordsFit()
        let head = try fit.train(prepared, lines: Array(lines.indices), labels: labels)
        let file = head.encoded()
        let directory = "\(modelsDirectory)/\(ModelName.words.rawValue)"
        let manifest = ModelManifest(
            name: ModelName.words.rawValue, algorithm: "bag of words, logistic regression",
            version: "1." + SHA256.hexadecimalDigest(of: file).prefix(8), encoderSHA256: "",
            featureSchema: prepared.featureSchema,
            temperature: try OutOfFoldTable(of: .words, in: modelsDirectory).temperature,
            abstentionThreshold: ModelTraining.abstentionThreshold,
            training: ModelManifest.Training(
                dataSHA256: ModelTraining.dataSHA256(prepared), lineCount: lines.count,
                sampleCount: prepared.texts.count, seed: 0,
                parameters: ["inverse_penalty": "\(fit.inversePenalty)", "least_texts": "\(fit.leastTexts)"]),
            metrics: [:])
        let card = """
            # Model `words`: \(manifest.algorithm) \(manifest.version)

            Logistic regression over the \(head.terms.count) words and pairs of neighbouring words that are in at least
            \(fit.leastTexts) texts, each text's TF-IDF vector of length 1. It reads the model text alone: no encoder is
            asked. Trained on \(prepared.texts.count) different texts of \(lines.count) labelled lines (LogHub's 16
            systems and the hand-written corpus); no line of the documented examples and no field line is among them.
            """
        try ModelArtifact.write(
            manifest, files: [WordsHead.fileName: file, ModelTraining.cardFileName: Array(card.utf8)], to: directory)
        return try RecordedQuality.add(to: .words, in: modelsDirectory)
    }
}
