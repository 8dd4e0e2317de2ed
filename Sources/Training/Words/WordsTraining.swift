public import Classification
internal import Foundation
internal import Heads
public import LogParsing
internal import TocsinCore

/// Trains `words`: a logistic regression over what a line says in words and what its features are.
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
        let fit = WordsFit.model
        let head = try fit.train(prepared, lines: Array(lines.indices), labels: labels)
        let file = head.encoded()
        let directory = "\(modelsDirectory)/\(ModelName.words.rawValue)"
        let manifest = ModelManifest(
            name: ModelName.words.rawValue,
            algorithm: "logistic regression over words, pieces of words and line features",
            version: "1." + SHA256.hexadecimalDigest(of: file).prefix(8), encoderSHA256: "",
            featureSchema: prepared.featureSchema,
            temperature: try OutOfFoldTable(of: .words, in: modelsDirectory).temperature,
            abstentionThreshold: ModelTraining.abstentionThreshold,
            training: ModelManifest.Training(
                dataSHA256: ModelTraining.dataSHA256(prepared), lineCount: lines.count,
                sampleCount: prepared.texts.count, seed: 0,
                parameters: [
                    "inverse_penalty": "\(fit.inversePenalty)", "least_texts": "\(fit.leastTexts)",
                    "origin_balance": "\(fit.weighting.originBalance)",
                ]),
            metrics: [:])
        let card = """
            # Model `words`: \(manifest.algorithm) \(manifest.version)

            Logistic regression over \(head.terms.count) terms: words, pairs of neighbouring words, and pieces of words of
            2 to 5 characters (`err*`, `*ror`), each in at least \(fit.leastTexts) texts, weighted by TF-IDF; and over
            the \(head.features.count) line features. No encoder is asked. Trained on \(prepared.texts.count) different
            texts of \(lines.count) labelled lines (LogHub's 16 systems and the hand-written corpus, which count alike);
            no line of the documented examples and no field line is among them.
            """
        try ModelArtifact.write(
            manifest, files: [WordsHead.fileName: file, ModelTraining.cardFileName: Array(card.utf8)], to: directory)
        return try RecordedQuality.add(to: .words, in: modelsDirectory)
    }
}
