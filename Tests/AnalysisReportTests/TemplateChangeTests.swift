import Pipeline
import Testing
import TocsinCore

@testable import AnalysisReport

@Suite struct TemplateChangeTests {
    private static func counts(_ templates: [(id: String, count: Int)], supersedes: [String: [String]] = [:])
        -> TemplateCounts
    {
        var counts = TemplateCounts()
        for (id, count) in templates {
            for number in 0..<count {
                counts.add(
                    .success(line(id, supersedes: supersedes[id] ?? [])), raw: Array("\(id) \(number)".utf8))
            }
        }
        return counts
    }

    private static func line(_ id: String, supersedes: [String]) -> LineAnalysis {
        var probabilities = Array(repeating: Float(0), count: AnomalyClass.count)
        probabilities[id == "disk" ? AnomalyClass.hardwareIssue.rawValue : 0] = 1
        return LineAnalysis(
            parsed: ParsedLine(
                logType: "Linux", formatConfidence: 1, content: id,
                template: MinedTemplate(
                    id: id, text: "\(id) <*>", typedText: id, parameters: [], supersedes: supersedes),
                modelTemplate: id, modelText: id, features: []),
            prediction: Prediction(probabilities: probabilities))
    }

    @Test("templates are new, gone, grown or shrunk; an equal share is no change")
    func kinds() {
        let changes = TemplateChange.between(
            Self.counts([("steady", 50), ("old", 10), ("less", 30), ("more", 10)]),
            and: Self.counts([("steady", 50), ("disk", 10), ("less", 10), ("more", 30)]))
        #expect(
            Dictionary(uniqueKeysWithValues: changes.map { ($0.templateID, $0.change.kind) })
                == ["old": .gone, "disk": .new, "less": .shrunk, "more": .grown])
        let disk = changes.first { $0.templateID == "disk" }
        #expect(disk?.anomalyClass == .hardwareIssue)
        #expect(disk?.change.before == 0)
        #expect(disk?.change.after == 10)
        #expect(disk?.samples == ["disk 0", "disk 1", "disk 2"].map { Array($0.utf8) })
        #expect(disk?.template == "disk <*>")
    }

    @Test("the surest changes come first, whatever the size of the sets")
    func order() {
        let changes = TemplateChange.between(
            Self.counts([("rare", 1), ("common", 1000), ("rest", 99_000)]),
            and: Self.counts([("rare", 3), ("common", 2000), ("rest", 98_000)]))
        #expect(Set(changes.prefix(2).map(\.templateID)) == ["common", "rest"])
        #expect(changes.last?.templateID == "rare")
        #expect(changes.map(\.change.likelihoodRatio) == changes.map(\.change.likelihoodRatio).sorted(by: >))
        #expect(changes.allSatisfy { (0...1).contains($0.change.pValue) })
    }

    @Test("a template that was generalised between the sets is one template")
    func generalised() {
        let changes = TemplateChange.between(
            Self.counts([("narrow", 10), ("b", 10)]),
            and: Self.counts([("wide", 10), ("b", 10)], supersedes: ["wide": ["narrow"]]))
        #expect(changes.isEmpty)
    }

    @Test("a cycle of successors, which no tree makes, ends")
    func cycle() {
        let first = Self.counts([("a", 1), ("b", 1)], supersedes: ["a": ["b"], "b": ["a"]])
        #expect(TemplateChange.between(first, and: first).isEmpty)
    }

    @Test("empty sets and sets of one template have finite figures")
    func edges() {
        let one = Self.counts([("a", 3)])
        #expect(TemplateChange.between(one, and: one).isEmpty)
        #expect(TemplateChange.between(TemplateCounts(), and: TemplateCounts()).isEmpty)
        let appeared = TemplateChange.between(TemplateCounts(), and: one)
        #expect(appeared.map(\.change.kind) == [.new])
        #expect(appeared.first?.change.likelihoodRatio == 0)
        #expect(appeared.first?.change.pValue == 1)
    }

    @Test("lines that could not be read are counted apart")
    func failures() {
        var counts = TemplateCounts()
        counts.add(.failure(ItemFailure(.invalidArgument, "no")), raw: [])
        #expect(counts.failures == 1)
        #expect(counts.total == 0)
    }
}
