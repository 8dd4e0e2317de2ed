import Testing
import TocsinCore

@Suite struct ParsedLinesTests {
    private func block() -> ParsedBlock {
        var block = ParsedBlock(
            logTypes: [.init(name: "Elevator", columns: ["Time", "Pid", "Content"])], unknownLogType: "Unknown",
            featureCount: 2, lineCount: 2, byteCount: 40)
        let mined = MinedTemplate(id: "1", text: "door <*> stuck", typedText: "door <NUM> stuck", parameters: [])
        let template = block.append(
            template: .init(mined: mined, kinds: ["NUM"], modelTemplate: "door <*> stuck"))
        for number in ["3", "41"] {
            var line = ParsedBlock.Line()
            line.logType = 0
            line.template = template
            let text = Array("07:15 door \(number) stuck".utf8).withUnsafeBufferPointer { block.append(text: $0) }
            line.content = .init(start: 6, end: Int(text.end))
            [.init(start: 0, end: 5), .absent, line.content].withUnsafeBufferPointer { block.append(fields: $0) }
            block.append(parameter: .init(start: 11, end: 11 + number.utf8.count))
            line.timestamp = .init(start: 0, end: 5)
            line.modelText = line.content
            block.features += [1, Float(number.utf8.count)]
            block.append(line, warnings: number == "3" ? [] : ["again"])
        }
        return block
    }

    @Test("a block's lines have the strings that their parts stand for")
    func strings() throws {
        let lines = try ParsedLines(block()).map { try $0.get() }
        #expect(lines.map(\.content) == ["door 3 stuck", "door 41 stuck"])
        #expect(lines.map(\.fields.count) == [2, 2])
        #expect(lines[1].fields[1] == LogField(name: "Content", value: "door 41 stuck"))
        #expect(lines.map(\.template.parameters) == ["3", "41"].map { [TemplateParameter(kind: "NUM", value: $0)] })
        #expect(lines.map(\.features) == [[1, 1], [1, 2]])
        #expect(lines.map(\.warnings) == [[], ["again"]])
        #expect(lines[0].timestamp == "07:15" && lines[0].host == nil && lines[0].runnerUpLogType == nil)
    }

    @Test("lines are equal however they are kept, and failures are counted")
    func equality() {
        let values = Array(ParsedLines(block()))
        #expect(ParsedLines(values) == ParsedLines(block()))
        #expect(ParsedLines(values).hashValue == ParsedLines(block()).hashValue)
        let failed = ParsedLines(values + [.failure(ItemFailure(.internalFailure, "no"))])
        #expect(failed.failureCount == 1 && failed != ParsedLines(values))
        #expect(ParsedLines(block()).failureCount == 0)
    }
}
