public import TocsinCore

/// Whether the words that explanations name are those that verdicts hang on: DeYoung et al., "ERASER", ACL 2020, call it
/// comprehensiveness.
///
/// Of a line that was found to be an anomaly the three words that add most are taken away, and 20 times three words by
/// chance: the class's probability should suffer more from the first than from the mean of the others. Words are those
/// of the text that models read.
public struct DeletionTest: Sendable {
    public struct Outcome: Sendable, Hashable {
        /// Lines that were found to be of their class, and have words enough.
        public var tested = 0
        /// Lines whose class suffers more from losing the words that were named.
        public var passed = 0

        /// Nil where no line was fit.
        public var share: Double? { tested == 0 ? nil : Double(passed) / Double(tested) }
    }

    public static let removedWords = 3
    public static let randomRemovals = 20
    public static let fewestWords = 8

    private let analyzer: LogAnalyzer
    private let request: AnalysisRequest
    private var generator: SeededGenerator

    /// - Parameters:
    ///   - request: names the model.
    ///   - seed: the words that are taken away by chance depend on it alone.
    public init(_ analyzer: LogAnalyzer, _ request: AnalysisRequest, seed: Int) {
        self.analyzer = analyzer
        self.request = request
        generator = SeededGenerator(seed: seed)
    }

    /// Tests the anomalies among labelled lines.
    ///
    /// - Parameters:
    ///   - most: so many fit lines are tested, the first ones.
    ///   - report: is told how many are done.
    public mutating func run(
        on lines: LineBlock, classes: [AnomalyClass], most: Int = .max, report: (Int) -> Void = { _ in }
    ) async throws -> Outcome {
        precondition(lines.count == classes.count, "\(classes.count) classes for \(lines.count) lines")
        let analysis = try await analyzer.analyze(lines, request)
        let fit = analysis.lines.indices.filter { index in
            guard classes[index] != .normal, case .success(let line) = analysis.lines[index] else { return false }
            return line.prediction.anomalyClass == classes[index]
                && WordText(line.parsed.modelText).readCount >= Self.fewestWords
        }.prefix(most)
        var outcome = Outcome()
        for start in stride(from: fit.startIndex, to: fit.endIndex, by: LogAnalyzer.maxExplainedLines) {
            let part = fit[start..<min(start + LogAnalyzer.maxExplainedLines, fit.endIndex)]
            var block = LineBlock()
            for index in part { block.append(lines[index]) }
            for line in try await analyzer.explain(block, request).lines {
                guard case .success(let line) = line else { continue }
                outcome.tested += 1
                if try await suffersMost(line) { outcome.passed += 1 }
                report(outcome.tested)
            }
        }
        return outcome
    }

    private mutating func suffersMost(_ line: LineExplanation) async throws -> Bool {
        let text = WordText(line.analysis.parsed.modelText)
        let named = line.words.indices.sorted { line.words[$0].contribution > line.words[$1].contribution }
        var removals = [Set(named.prefix(Self.removedWords))]
        let words = Array(0..<text.readCount)
        for _ in 0..<Self.randomRemovals {
            removals.append(Set(words.shuffled(using: &generator).prefix(Self.removedWords)))
        }
        let probabilities = try await analyzer.probabilities(
            of: line.row.anomalyClass, line.analysis.parsed, texts: removals.map { text.without($0) }, request)
        let byChance = probabilities.dropFirst().reduce(0, +) / Float(Self.randomRemovals)
        return probabilities[0] < byChance
    }
}

extension LogAnalyzer {
    /// The probability of a class for a parsed line, were its text one of `texts`.
    func probabilities(
        of anomalyClass: AnomalyClass, _ line: ParsedLine, texts: [String], _ request: AnalysisRequest
    ) async throws -> [Float] {
        let parsing = try await catalog.infos().parsing
        guard let tree = parsing.models.first else {
            throw TierError.failed(tier: "parser", reason: "it names no template tree")
        }
        var stage = try await stage(request)
        let variants = texts.map { text -> ItemResult<ParsedLine> in
            var variant = line
            variant.modelText = text
            return .success(variant)
        }
        let schema = FeatureSchema(version: Int(tree.version) ?? 0, templateTreeSHA256: tree.sha256)
        return try await stage.results(for: ParsedBatch(lines: variants, featureSchema: schema)).map {
            try $0.get().prediction.probabilities[anomalyClass.rawValue]
        }
    }
}
