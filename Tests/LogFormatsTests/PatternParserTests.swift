import Testing

@testable import LogFormats

@Suite struct PatternParserTests {
    @Test("a pattern is literals, places, groups and branches")
    func parts() throws {
        let nodes = try PatternParser.parse("[{Time={:month} {:day}}] {Tag:text}(\\[{PID:integer}\\])?: {Content:rest}")
        #expect(nodes.flatMap(\.names) == ["Time", "Tag", "PID", "Content"])
    }
}
