import Drain
import Testing

@Suite struct ParsingMetricsTests {
    private let truth = ["a <*>", "a <*>", "b", "c", "c"]

    @Test("the truth itself scores one in all measures")
    func perfect() {
        let metrics = ParsingMetrics(groups: ["1", "1", "2", "3", "3"], templates: truth, truth: truth)
        #expect(metrics.groupingAccuracy == 1 && metrics.parsingAccuracy == 1)
        #expect(metrics.groupingF1 == 1 && metrics.templateF1 == 1)
    }

    @Test("a group that was split or joined counts for none of its messages")
    func groups() {
        // The a's are split; b and the c's are joined.
        let metrics = ParsingMetrics(
            groups: ["1", "2", "3", "3", "3"], templates: ["a <*>", "a <*>", "x", "x", "x"], truth: truth)
        #expect(metrics.groupingAccuracy == 0)
        #expect(metrics.groupingF1 == 0)
        #expect(metrics.parsingAccuracy == 2.0 / 5)
        // One of two mined templates and one of three true ones: 2 · 1 / (2 + 3).
        #expect(metrics.templateF1 == 2.0 / 5)
    }

    @Test("white space counts as one space")
    func spaces() {
        let metrics = ParsingMetrics(groups: ["1"], templates: ["a  <*>\t"], truth: ["a <*>"])
        #expect(metrics.parsingAccuracy == 1)
    }

    @Test("a structured file is read with its quotes")
    func groundTruth() throws {
        let csv = "LineId,Content,EventTemplate\n1,\"say \"\"hi\"\", 7\",\"say \"\"hi\"\", <*>\"\r\n2,plain,plain\n"
        let truth = try #require(ParsingGroundTruth(csv: Array(csv.utf8)))
        #expect(truth.contents == ["say \"hi\", 7", "plain"])
        #expect(truth.templates == ["say \"hi\", <*>", "plain"])
        #expect(truth.score().parsingAccuracy == 1)
        #expect(ParsingGroundTruth(csv: Array("a,b\n1,2\n".utf8)) == nil)
    }
}
