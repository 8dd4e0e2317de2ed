import Foundation
import Testing
import TocsinCore

@testable import Training

@Suite struct EnsembleFitTests {
    /// Verdicts of a model that finds the class of a share of the templates and guesses the others.
    private static func verdicts(right share: Double, seed: Int) -> [TemplateVerdict] {
        var generator = SeededGenerator(seed: seed)
        return (0..<300).map { index in
            let label = index % AnomalyClass.count
            let isRight = Double.random(in: 0..<1, using: &generator) < share
            let said = isRight ? label : Int.random(in: 0..<AnomalyClass.count, using: &generator)
            return TemplateVerdict(
                id: "T/\(index)", split: index % 5, label: label,
                probabilities: AnomalyClass.allCases.map { $0.rawValue == said ? 0.7 : 0.05 },
                lineCounts: AnomalyClass.allCases.map { $0.rawValue == said ? 3 : 0 })
        }
    }

    @Test("the model that is right more often weighs more, and the mixture beats both")
    func weights() {
        let good = Self.verdicts(right: 0.7, seed: 1), poor = Self.verdicts(right: 0.5, seed: 2)
        let weights = EnsembleFit().weights([good, poor])
        #expect(weights[0] > weights[1] && weights[1] > 0)
        let mixed = EnsembleFit().verdicts([good, poor], asking: [good, poor])
        let even = EnsembleFit().weights([good, good])
        #expect(abs(even[0] - even[1]) < 1e-3)
        #expect(Scores(perTemplate: mixed).accuracy >= Scores(perTemplate: good).accuracy)
        #expect(mixed.map(\.lineCounts).allSatisfy { $0.reduce(0, +) == 3 })
    }

    @Test("a split's verdicts do not depend on its own labels")
    func crossFitted() {
        let one = Self.verdicts(right: 0.7, seed: 1), two = Self.verdicts(right: 0.5, seed: 2)
        func relabelled(_ verdicts: [TemplateVerdict]) -> [TemplateVerdict] {
            verdicts.map { verdict in
                var changed = verdict
                if verdict.split == 2 { changed.label = (verdict.label + 1) % AnomalyClass.count }
                return changed
            }
        }
        let before = EnsembleFit().verdicts([one, two], asking: [one, two])
        let after = EnsembleFit().verdicts(
            [relabelled(one), relabelled(two)], asking: [relabelled(one), relabelled(two)])
        for (left, right) in zip(before, after) where left.split == 2 {
            #expect(left.probabilities == right.probabilities)
        }
        let calibrated = zip(before.calibrated(), relabelled(before).calibrated())
        for (left, right) in calibrated where left.split == 2 { #expect(left.probabilities == right.probabilities) }
    }
}

@Suite struct FinishedSplitsTests {
    @Test("what was kept is found again by the same training, and by no other")
    func kept() throws {
        let folder = try TemporaryFolder()
        let verdict = TemplateVerdict(
            id: "Mac/E1", split: 2, label: 4, probabilities: [1, 0, 0, 0, 0, 0, 0], lineCounts: [1, 0, 0, 0, 0, 0, 0])
        var splits = try FinishedSplits(folder: folder.path, fingerprint: "one")
        #expect(!splits.contains(.templates, split: 2))
        try splits.add([verdict], to: .templates)
        let again = try FinishedSplits(folder: folder.path, fingerprint: "one")
        #expect(again.contains(.templates, split: 2) && !again.contains(.templates, split: 1))
        #expect(!again.contains(.sources, split: 2))
        #expect(try !FinishedSplits(folder: folder.path, fingerprint: "two").contains(.templates, split: 2))
        try again.remove()
        #expect(try !FinishedSplits(folder: folder.path, fingerprint: "one").contains(.templates, split: 2))
    }
}
