internal import BERT
internal import FineTuning
internal import Heads
internal import LineFeatures
internal import TocsinCore
internal import WordPiece

/// Labelled lines as fine-tuning reads them: tokens, template features and collections.
struct FineTuningTexts: Sendable {
    let prepared: PreparedLines
    /// Of each different text.
    private let tokenIDs: [[Int32]]
    /// The collections, sorted: a line's domain is its position among them.
    let collections: [String]
    private let groups: LineGroups

    /// The line features that a head may read beside the embedding.
    static let readFeatures = LineFeature.allCases.filter { $0.group == .template }

    /// - Parameters:
    ///   - templates: LogHub's event templates, for groups of near-duplicates.
    init(_ prepared: PreparedLines, templates: [LogHub.Template], checkpoint: Checkpoint) {
        self.prepared = prepared
        let tokenizer = WordPieceTokenizer(vocabulary: checkpoint.vocabulary)
        tokenIDs = prepared.texts.map { tokenizer.tokenIDs(of: $0.utf8) }
        collections = Set(prepared.lines.map(\.collection)).sorted()
        groups = LineGroups(prepared, templates: templates)
    }

    /// Parts lines into those to learn from and a share to validate with, one line a text: the two have no event
    /// template, none nearly like it, no corpus system and no text in common.
    func split(_ lines: [Int], validationShare: Double, seed: Int) -> (training: [Int], validation: [Int]) {
        groups.split(lines, validationShare: validationShare, seed: seed)
    }

    /// Leaves out lines of event templates that have more than `count` different texts, so that each keeps as many,
    /// drawn by the seed.
    func sample(_ lines: [Int], textsPerTemplate count: Int, seed: Int) -> [Int] {
        var generator = SeededGenerator(seed: seed)
        let order = lines.shuffled(using: &generator)
        var chosen: [String: Set<Int>] = [:]
        for line in order {
            guard let id = prepared.lines[line].templateID, chosen[id, default: []].count < count else { continue }
            chosen[id, default: []].insert(prepared.textOfLine[line])
        }
        return lines.filter { line in
            prepared.lines[line].templateID.map { chosen[$0, default: []].contains(prepared.textOfLine[line]) } ?? true
        }
    }

    /// A share of the lines, drawn by the seed, in their order.
    func sample(_ lines: [Int], share: Double, seed: Int) -> [Int] {
        var generator = SeededGenerator(seed: seed)
        return lines.shuffled(using: &generator).prefix(Int(Double(lines.count) * share)).sorted()
    }

    /// A line as a model is asked about it; `label` and `weight` matter only in training.
    func example(
        _ line: Int, label: Int, weight: Float = 1, features: [ScaledFeature]
    ) -> FineTuningExample {
        FineTuningExample(
            tokenIDs: tokenIDs[prepared.textOfLine[line]],
            features: prepared.scaled(features, of: line), label: label, weight: weight,
            domain: collections.firstIndex(of: prepared.lines[line].collection) ?? 0)
    }
}
