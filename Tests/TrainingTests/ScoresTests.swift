import Testing
import TocsinCore

@testable import Training

@Suite struct ScoresTests {
    @Test("precision, recall, F1 and their mean over the classes that occur")
    func figures() {
        let scores = Scores(predicted: [0, 0, 1, 1, 2], labels: [0, 0, 0, 1, 1])
        #expect(scores.classes[0] == .init(precision: 1, recall: 2.0 / 3, f1: 0.8, support: 3))
        #expect(scores.classes[1] == .init(precision: 0.5, recall: 0.5, f1: 0.5, support: 2))
        #expect(abs(scores.macroF1 - 0.65) < 1e-12)
        #expect(scores.accuracy == 0.6)
        #expect(scores.confusion[0][1] == 1 && scores.confusion[1][2] == 1)
        #expect(scores.calibrationError == nil)
        // Two of three claimed anomalies are some, and both anomalies are found.
        #expect(abs(scores.binaryF1 - 0.8) < 1e-12)
    }

    @Test("a class that is left out does not count in the macro-F1 without it")
    func withoutPerformance() {
        let scores = Scores(predicted: [0, 1, 1], labels: [0, 1, 3])
        #expect(abs(scores.macroF1 - (1 + 2.0 / 3 + 0) / 3) < 1e-12)
        #expect(abs(scores.macroF1WithoutPerformance - (1 + 2.0 / 3) / 2) < 1e-12)
    }

    @Test("confidence that equals accuracy has no calibration error; certainty in error has all")
    func calibration() {
        func probabilities(_ first: Double) -> [Double] { [first, 1 - first, 0, 0, 0, 0, 0] }
        let honest = Scores(
            probabilities: [0.75, 0.75, 0.75, 0.75].map(probabilities), labels: [0, 0, 0, 1])
        #expect((honest.calibrationError ?? 1) < 1e-12)
        let boaster = Scores(probabilities: [probabilities(1), probabilities(1)], labels: [1, 1])
        #expect(boaster.calibrationError == 1)
    }

    @Test("the bootstrap interval holds the figure and is the same each time")
    func bootstrap() {
        let hits = (0..<200).map { $0 % 4 == 0 ? 0.0 : 1 }
        func interval() -> ClosedRange<Double> {
            Scores.bootstrapInterval(count: 200, seed: 5) { $0.reduce(0) { $0 + hits[$1] } / 200 }
        }
        #expect(interval().contains(0.75) && interval().upperBound - interval().lowerBound < 0.15)
        #expect(interval() == interval())
    }
}

@Suite struct PairedComparisonTests {
    private func verdict(_ id: Int, label: Int, said: Int) -> TemplateVerdict {
        var probabilities = [Double](repeating: 0, count: AnomalyClass.count)
        probabilities[said] = 1
        return TemplateVerdict(
            id: "Mac/E\(id)", label: label, probabilities: probabilities, lineCounts: probabilities.map { Int($0) })
    }

    @Test("the same verdicts do not differ")
    func same() throws {
        let verdicts = (0..<100).map { verdict($0, label: $0 % 3, said: $0 % 2) }
        let comparison = try PairedComparison(.templates, verdicts, other: verdicts)
        #expect(comparison.difference == 0 && comparison.interval == 0...0 && comparison.changedTemplates == 0)
    }

    @Test("verdicts that became wrong lower the other's figure, and the pairs' interval is narrow")
    func worse() throws {
        let verdicts = (0..<300).map { verdict($0, label: $0 % 3, said: $0 % 10 == 0 ? 0 : $0 % 3) }
        var other = verdicts
        for index in [4, 8, 13] { other[index].probabilities = verdict(index, label: 0, said: 6).probabilities }
        let comparison = try PairedComparison(.templates, verdicts, other: other)
        #expect(comparison.changedTemplates == 3 && comparison.templateCount == 300)
        #expect(comparison.difference < 0 && comparison.interval.contains(comparison.difference))
        #expect(comparison.interval.upperBound - comparison.interval.lowerBound < 0.05)
    }

    @Test("of two precisions, verdicts that are close are those of the exact one")
    func precisions() throws {
        let exact = (0..<300).map { verdict($0, label: $0 % 3, said: $0 % 3) }
        var other = exact
        for index in [4, 8] { other[index].probabilities = [0.52, 0, 0, 0, 0, 0, 0.48] }
        other[13].probabilities = verdict(13, label: 0, said: 6).probabilities
        let comparison = try PrecisionComparison(.templates, exact: exact, other: other, .int8)
        #expect(comparison.alone.changedTemplates == 3 && comparison.analyzed.changedTemplates == 1)
        #expect(comparison.closeTemplates == 2)
        #expect(comparison.alone.difference < comparison.analyzed.difference && comparison.analyzed.difference < 0)
        #expect(comparison.markdown.contains("3 of 300 templates are given another class"))
        #expect(comparison.markdown.contains("here 2, it differs by -0.0017"), "\(comparison.markdown)")
    }
}

@Suite struct OutOfFoldTableTests {
    @Test("verdicts are the same after writing and reading")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        var table = OutOfFoldTable()
        table.verdicts[.templates] = [
            TemplateVerdict(
                id: "Mac/E1", split: 3, label: 4, probabilities: [0.25, 0, 0, 0, 0.75, 0, 0],
                lineCounts: [1, 0, 0, 0, 7, 0, 0])
        ]
        table.verdicts[.sources] = table.verdicts[.templates]
        try table.write(to: folder.path + "/table.tsv")
        #expect(try OutOfFoldTable(path: folder.path + "/table.tsv") == table)
    }

    @Test(
        "a row that is cut or no verdict is refused",
        arguments: [
            "T\t0\tMac/E1\t4\t0.5", "X\t0\tMac/E1\t4\t1\t0\t0\t0\t0\t0\t0\t1\t0\t0\t0\t0\t0\t0",
            "T\t0\tMac/E1\t9\t1\t0\t0\t0\t0\t0\t0\t1\t0\t0\t0\t0\t0\t0",
            "T\t0\tMac/E1\t4\t1\t0\t0\tnone\t0\t0\t0\t1\t0\t0\t0\t0\t0\t0",
        ])
    func malformed(row: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("table.tsv", "header\n" + row + "\n")
        #expect(throws: DataError.self) { try OutOfFoldTable(path: path) }
    }

    @Test("lines' verdicts become their templates', each counting once")
    func gathering() {
        let lines = SampleLines.lines(variants: 2)
        let sure: [Double] = [1, 0, 0, 0, 0, 0, 0], split: [Double] = [0.4, 0.6, 0, 0, 0, 0, 0]
        let verdicts = TemplateVerdict.gather(lines: [0, 1], of: lines, probabilities: [sure, split])
        #expect(verdicts.count == 1)
        #expect(verdicts[0].probabilities == [0.7, 0.3, 0, 0, 0, 0, 0])
        #expect(verdicts[0].lineCounts == [1, 1, 0, 0, 0, 0, 0])
    }
}
