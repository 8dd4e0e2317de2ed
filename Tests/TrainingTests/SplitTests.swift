import Testing
import TocsinCore

@testable import Training

@Suite struct TemplateGroupsTests {
    @Test("near-duplicates are one group, whatever their masks and numbers")
    func groups() {
        let groups = TemplateGroups([
            "Connection from <*> port <*> was closed by the remote host", "Fan <*> stopped",
            "connection from <IP> port 22 was closed by the remote host", "Fan stopped spinning suddenly at night",
            "<*>", "<*> <*>", "<*>",
        ]).groups
        #expect(groups[0] == groups[2])
        #expect(groups[1] != groups[3])
        #expect(groups[4] == groups[6] && groups[4] != groups[5])
    }

    @Test("folds keep groups whole and share out every label", arguments: [1, 2, 3])
    func folds(seed: Int) {
        let texts = (0..<100).map { "event \(["a", "b"][$0 % 2]) \(String(repeating: "x", count: $0 / 2 + 1))" }
        let labels = (0..<100).map { ($0 / 2) % 5 }
        let groups = TemplateGroups(texts)
        let folds = groups.folds(5, labels: labels, seed: seed)
        for (left, right) in zip(texts.indices, groups.groups) { #expect(folds[left] == folds[right]) }
        for label in 0..<5 {
            let counts = (0..<5).map { fold in folds.indices.count { folds[$0] == fold && labels[$0] == label } }
            #expect(counts.reduce(0, +) == 20)
            #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 2)
        }
        #expect(groups.folds(5, labels: labels, seed: seed) == folds)
    }
}

@Suite struct SplitMakerTests {
    private let maker: SplitMaker

    init() {
        let corpus = [
            LabelledLine(line: Array("one".utf8), label: .normal, origin: .corpus, system: "phone"),
            LabelledLine(line: Array("two".utf8), label: .normal, origin: .corpus, system: "bakery"),
        ]
        maker = SplitMaker(
            lines: SampleLines.lines(variants: 3) + corpus, templates: SampleLines.templates,
            kin: ["phone": ["Android", "Mac"]], seed: 1)
    }

    private func templates(_ lines: [Int]) -> Set<String> { Set(lines.compactMap { maker.lines[$0].templateID }) }

    @Test("no template is both learned and tested, and each is tested once")
    func templates() {
        let splits = maker.splits(.templates)
        #expect(splits.count == 5)
        for split in splits { #expect(templates(split.training).isDisjoint(with: templates(split.test))) }
        #expect(splits.flatMap(\.test).sorted() == maker.lines.indices.filter { maker.lines[$0].origin == .loghub })
        #expect(splits.allSatisfy { $0.training.count { maker.lines[$0].origin == .corpus } == 2 })
    }

    @Test("no source, and no corpus system of its kin, is both learned and tested")
    func sources() {
        let splits = maker.splits(.sources)
        #expect(splits.map(\.name) == SplitMaker.sourceGroups.map { $0.joined(separator: " ") })
        for split in splits {
            let held = Set(split.test.map { maker.lines[$0].system })
            #expect(Set(split.training.map { maker.lines[$0].system }).isDisjoint(with: held))
        }
        let withPhone = splits.map { split in split.training.contains { maker.lines[$0].system == "phone" } }
        #expect(withPhone == [false, true, false, true])
        #expect(Set(SplitMaker.sourceGroups.joined()) == Set(LogHub.sources))
    }

    @Test("random folds test each line once and know its template")
    func random() {
        let splits = maker.splits(.random)
        #expect(splits.flatMap(\.test).count == SampleLines.lines(variants: 3).count)
        #expect(!templates(splits[0].training).isDisjoint(with: templates(splits[0].test)))
    }
}
