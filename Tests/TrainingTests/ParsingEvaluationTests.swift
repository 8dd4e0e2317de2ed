import Foundation
import Testing

@testable import Training

@Suite struct ParsingEvaluationTests {
    @Test("a source that lacks is named")
    func missing() {
        let error = #expect(throws: DataError.self) { try ParsingEvaluation(.corrected, datasets: "/nowhere") }
        guard case .unreadable(let path, _)? = error else {
            Issue.record("found \(String(describing: error))")
            return
        }
        #expect(path == "/nowhere/loghub_2k_corrected/Android_2k.log_structured_corrected.csv")
    }

    @Test("every source has its four measures in a tree of its own and in one for all, then comes the mean")
    func table() throws {
        let datasets = FileManager.default.temporaryDirectory.appending(path: "tocsin-\(UUID().uuidString)")
        let folder = datasets.appending(path: "loghub_2k")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: datasets) }
        for source in LogHub.sources {
            let rows = (1...9).map {
                "\($0),\(source) \(source)ed \(source)ing \($0),E1,\(source) \(source)ed \(source)ing <*>\n"
            }
            try Data(("LineId,Content,EventId,EventTemplate\n" + rows.joined()).utf8)
                .write(to: folder.appending(path: "\(source)_2k.log_structured.csv"))
        }
        let table = try ParsingEvaluation(.original, datasets: datasets.path).markdown
        let lines = table.split(separator: "\n").filter { $0.hasPrefix("| ") }
        #expect(lines.count == 1 + 16 + 1)
        #expect(lines[1] == "| Android | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 |")
        #expect(lines[17].hasPrefix("| mean | 1.000 |"))
    }
}
