import Classification
import Drain
import LogFormats
import LogParsing
import Testing
import TocsinCore
import TreeEnsemble

@testable import Training

/// Lines of event templates and of corpus systems, each with a vector that tells its class in spite of noise, or one
/// that is noise alone.
private struct SyntheticLines {
    let templates: [LogHub.Template]
    let prepared: PreparedLines
    let vectors: TextVectors

    init(noiseAlone: Bool = false) throws {
        var generator = SeededGenerator(seed: 5)
        func word() -> String {
            let syllables = ["ka", "lo", "mi", "ru", "te", "so", "ve", "na", "pi", "du"]
            return (0..<4).map { _ in syllables.randomElement(using: &generator) ?? "" }.joined()
        }
        var lines: [LabelledLine] = []
        var templates: [LogHub.Template] = []
        for label in AnomalyClass.allCases {
            for index in 0..<8 {
                // The second of each two templates says the same in another order.
                let words = index % 2 == 0 ? (0..<5).map { _ in word() } : []
                let text =
                    words.isEmpty
                    ? templates[templates.count - 1].text.split(separator: " ").reversed().joined(separator: " ")
                    : words.joined(separator: " ")
                let id = "Linux/\(label.rawValue).\(index)"
                templates.append(LogHub.Template(id: id, source: "Linux", text: text, label: label))
                lines.append(
                    LabelledLine(
                        line: Array(text.utf8), label: label, origin: .loghub, system: "Linux", templateID: id))
            }
            for index in 0..<12 {
                lines.append(
                    LabelledLine(
                        line: Array((0..<5).map { _ in word() }.joined(separator: " ").utf8), label: label,
                        origin: .corpus, system: "system \(index)"))
            }
        }
        // One text in two systems.
        for system in ["system 0", "system 1"] {
            lines.append(
                LabelledLine(line: Array("kettle is on".utf8), label: .normal, origin: .corpus, system: system))
        }
        prepared = try PreparedLines(
            lines, parser: LineParser(library: .standard(), frozenTree: FrozenTree(typedTexts: [])))
        var block = VectorBlock(dimension: 768)
        for text in prepared.texts.indices {
            let label = lines[prepared.textOfLine.firstIndex(of: text) ?? 0].label.rawValue
            block.append(
                (0..<768).map { column in
                    (!noiseAlone && column % 7 == label ? 0.6 : 0) + Float.random(in: -1...1, using: &generator)
                })
        }
        vectors = TextVectors(prepared.texts, vectors: block, encoderSHA256: "none")
        self.templates = templates
    }

    var search: SettingsSearch { SettingsSearch(prepared, vectors, templates: templates, seed: 2) }
}

private func options(_ algorithm: TreeParameters.Algorithm = .xgboost) -> ModelTraining.Options {
    ModelTraining.Options(algorithm: algorithm, seed: 2, threads: 1)
}

@Suite struct SettingsSearchTests {
    private let data: SyntheticLines

    init() throws { data = try SyntheticLines() }

    @Test("no fold is asked about a group or a text that it learned, and every unit is asked about once")
    func folds() {
        let groups = LineGroups(data.prepared, templates: data.templates)
        let folds = groups.folds(3, seed: 1)
        let lines = data.prepared.lines
        let twice = lines.indices.filter { lines[$0].line == Array("kettle is on".utf8) }
        for fold in folds {
            #expect(Set(fold.training.map { groups[$0] }).isDisjoint(with: fold.test.map { groups[$0] }))
            let texts = Set(fold.training.map { data.prepared.textOfLine[$0] })
            #expect(texts.isDisjoint(with: fold.test.map { data.prepared.textOfLine[$0] }))
            #expect(fold.training.count + fold.test.count >= lines.count - twice.count)
            // Every class is in every fold, about a third of it.
            for label in AnomalyClass.allCases { #expect(fold.test.count { lines[$0].label == label } > 2) }

            let parts = groups.split(fold.training, validationShare: 0.15, seed: 1)
            #expect(!parts.validation.isEmpty)
            #expect(Set(parts.training.map { groups[$0] }).isDisjoint(with: parts.validation.map { groups[$0] }))
            #expect(Set(parts.training + parts.validation).isSubset(of: fold.training))
        }
        let asked = folds.flatMap(\.test).sorted()
        #expect(Set(asked).count == asked.count && Set(asked).union(twice) == Set(lines.indices))
        #expect(groups.folds(3, seed: 1).map(\.test) == folds.map(\.test))
        #expect(groups[0] == groups[1] && groups[0] != groups[2])
    }

    @Test("of two settings that differ clearly the better is kept")
    func better() throws {
        var useless = options()
        useless.parameters.minChildWeight = 1e6
        let outcome = try data.search.run(from: useless, draws: 1) { _ in }
        #expect(outcome.startMacroF1 < 0.2 && outcome.macroF1 > 0.6)
        #expect(outcome.options.parameters.minChildWeight <= 10)
        #expect(outcome.drawCount == 1)

        var good = options()
        good.parameters.rounds = 30
        let trials = try data.search.trials(of: [good, useless]) { _ in }
        #expect(trials[0].macroF1 > trials[1].macroF1)
    }

    @Test("the same seed draws and finds the same", arguments: TreeParameters.Algorithm.allCases)
    func deterministic(algorithm: TreeParameters.Algorithm) throws {
        var start = options(algorithm)
        start.parameters.parallelTrees = min(start.parameters.parallelTrees, 5)
        start.parameters.rounds = min(start.parameters.rounds, 10)
        var reports: [ModelTraining.Progress] = []
        let first = try data.search.run(from: start, draws: 1) { reports.append($0) }
        let second = try data.search.run(from: start, draws: 1) { _ in }
        #expect(first.options.byName == second.options.byName && first.macroF1 == second.macroF1)
        #expect(reports.map(\.done) == Array(1...6) && reports.allSatisfy { $0.total == 6 })
        #expect(reports[5].note.hasPrefix("1 tried, best macro-F1 0."))
    }

    @Test("settings are drawn by the seed, each other ones", arguments: TreeParameters.Algorithm.allCases)
    func draws(algorithm: TreeParameters.Algorithm) {
        func drawn(_ seed: Int) -> [[String: String]] {
            var draw = SettingsDraw(seed: seed)
            return (0..<20).map { _ in draw.next(options(algorithm)).byName }
        }
        #expect(drawn(1) == drawn(1) && drawn(1) != drawn(2))
        #expect(Set(drawn(1)).count == 20)
        #expect(drawn(1).allSatisfy { $0["num_parallel_tree"] == options(algorithm).byName["num_parallel_tree"] })
    }

    @Test("boosting ends where rows that are not learned gain no more")
    func stops() throws {
        var stopping = EarlyStopping(patience: 3)
        let losses = [1.0, 0.8, 0.9, 0.7, 0.7, 0.8, 0.9, 0.1]
        let rounds = losses.prefix { stopping.goesOn(loss: $0) }
        #expect(rounds.count == 6 && stopping.bestRounds == 4)

        var endless = EarlyStopping(patience: 1)
        #expect((0..<5).allSatisfy { _ in endless.goesOn(loss: nil) })
        #expect(endless.bestRounds == 5)

        var long = options()
        long.parameters.rounds = 160
        let trial = try SyntheticLines(noiseAlone: true).search.trials(of: [long]) { _ in }[0]
        #expect(trial.options.parameters.rounds < 20)
        #expect(trial.macroF1 < 0.3)
    }

    @Test("the model is trained with the settings that were found; its card and manifest say so")
    func training() throws {
        var start = options()
        start.searchDraws = 1
        start.parameters.minChildWeight = 1e6
        let outcome = try ModelTraining(
            logHub: LogHub(lines: [], templates: data.templates), corpus: Corpus(lines: []), library: .standard(),
            options: start
        ).run(data.prepared, data.vectors, tree: FrozenTree(typedTexts: [])) { _ in }
        let found = try data.search.run(from: start, draws: 1) { _ in }
        #expect(outcome.manifest.training.parameters == found.options.byName)
        #expect(Scores(perTemplate: outcome.outOfFold.verdicts[.templates, default: []]).macroF1 > 0.5)
        #expect(outcome.card.contains("the best of 1 that were drawn by the seed"))

        let recorded = try ModelTraining.Options(recorded: outcome.manifest, seed: 2, threads: 1)
        #expect(recorded.byName == found.options.byName)
        #expect(recorded.parameters == found.options.parameters && recorded.weighting == found.options.weighting)
    }

    @Test("a manifest that does not say how its trees were grown is refused")
    func unknownSettings() {
        let manifest = ModelManifest(
            name: "ml", algorithm: "XGBoost", version: "1", encoderSHA256: "",
            featureSchema: data.prepared.featureSchema, temperature: 1, abstentionThreshold: 0.4,
            training: .init(
                dataSHA256: "", lineCount: 1, sampleCount: 1, seed: 1,
                parameters: options().byName.merging(["max_depth": "deep"]) { $1 }), metrics: [:])
        #expect(throws: TrainingError.unknownSettings(model: "ml", algorithm: "XGBoost")) {
            try ModelTraining.Options(recorded: manifest, seed: 1, threads: 1)
        }
    }
}
