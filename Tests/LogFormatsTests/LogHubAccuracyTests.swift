import Foundation
import Testing

@testable import LogFormats

/// Detection and fields over all lines of the LogHub samples, shuffled and interleaved, against their columns.
///
/// The samples are found by `TOCSIN_DATASETS`; without it these tests are skipped.
@Suite(.enabled(if: LogHubLines.directory != nil, "skipped: TOCSIN_DATASETS names no directory with the data sets"))
struct LogHubAccuracyTests {
    struct Figures {
        var lineCount = 0
        var detectedCount = 0
        var timedCount = 0
        /// Per format and column: how many values were compared and how many differ.
        var columns: [String: (compared: Int, wrong: Int)] = [:]

        var detection: Double { Double(detectedCount) / Double(lineCount) }
        var timed: Double { Double(timedCount) / Double(detectedCount) }
        /// The share of right values in the worst column.
        var worstColumn: (name: String, right: Double) {
            columns.map { ($0.key, 1 - Double($0.value.wrong) / Double($0.value.compared)) }
                .min { $0.1 < $1.1 } ?? ("none", 0)
        }
    }

    private func measure(_ lines: [LogHubLines.Line], text: (LogHubLines.Line) -> String) throws -> Figures {
        let library = try FormatLibrary.standard()
        let matcher = LineMatcher(library: library)
        var figures = Figures()
        for line in lines {
            figures.lineCount += 1
            Array(text(line).utf8).withUnsafeBufferPointer { bytes in
                matcher.match(bytes)
                guard matcher.logType == line.logType, let index = matcher.formatIndex else { return }
                figures.detectedCount += 1
                if matcher.timestamp != nil { figures.timedCount += 1 }
                let columns = library.formats[index].columns
                for (name, value) in line.fields {
                    let found = columns.firstIndex(of: name).flatMap { matcher.bytes(column: $0) }
                    let isRight = (found.map { String(decoding: $0, as: UTF8.self) } ?? "") == value
                    figures.columns["\(line.logType).\(name)", default: (0, 0)].compared += 1
                    if !isRight { figures.columns["\(line.logType).\(name)", default: (0, 0)].wrong += 1 }
                }
            }
        }
        #expect(figures.lineCount == 32_000)
        return figures
    }

    private func check(_ figures: Figures, detection: Double) {
        #expect(figures.detection >= detection)
        #expect(figures.worstColumn.right >= 0.99, "\(figures.worstColumn.name)")
        #expect(figures.timed >= 0.99)
    }

    @Test("raw lines are detected and cut as the ground truth says")
    func raw() throws {
        check(try measure(try LogHubLines.load(seed: 1)) { $0.text }, detection: 0.995)
    }

    @Test("raw lines with other hosts, dates and process ids as well")
    func replaced() throws {
        var replacement = LogHubReplacement(seed: 2)
        let lines = try LogHubLines.load(seed: 3).map { replacement.replace($0) }
        check(try measure(lines) { $0.text }, detection: 0.995)
    }

    @Test("whole rows of the structured files are detected and cut")
    func wholeRows() throws {
        check(try measure(try LogHubLines.load(seed: 4)) { LogHubLines.join($0.row) }, detection: 0.98)
    }

    @Test("rows from the first column of the header to the content are detected and cut")
    func headerRows() throws {
        let lines = try LogHubLines.load(seed: 5)
        check(try measure(lines) { LogHubLines.join($0.fields.map(\.value)) }, detection: 0.98)
    }

    @Test("rows with other hosts, dates and process ids as well")
    func replacedRows() throws {
        var replacement = LogHubReplacement(seed: 6)
        let lines = try LogHubLines.load(seed: 7).map { replacement.replace($0) }
        check(try measure(lines) { LogHubLines.join($0.fields.map(\.value)) }, detection: 0.98)
    }
}
