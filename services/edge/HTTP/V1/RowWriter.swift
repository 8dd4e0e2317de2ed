internal import AnalysisReport
internal import HTTPTypes
internal import JSONText
internal import Pipeline
internal import TocsinCore

/// Writes an answer whose rows come over time, in one of three formats; every method gives the next bytes of the answer.
struct RowWriter: Sendable {
    private let format: AnswerFormat
    private let redactor: Redactor
    private let style: ReportRow.Style
    private var isFirst = true

    init(format: AnswerFormat, redactor: Redactor) {
        self.format = format
        self.redactor = redactor
        var style = ReportRow.Style()
        style.includesDetails = true
        style.includesStatus = true
        self.style = style
    }

    /// - Parameter read: where each of `lines` stands, and what could not be read between them.
    mutating func rows(
        _ results: [ItemResult<LineAnalysis>], of lines: LineBlock, read: [ReadRecords.Entry]
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        var json = JSONWriter()
        var record = 0
        for entry in read {
            json.removeAll()
            switch entry {
            case .record(let place):
                redactor.row(place: place, raw: lines[record], result: results[record]).write(to: &json, style: style)
                record += 1
            case .unreadable(let place, let raw, let failure):
                redactor.row(place: place, raw: raw[...], result: .failure(failure)).write(to: &json, style: style)
            }
            switch format {
            case .json:
                bytes += isFirst ? #"{"results":["#.utf8 : ",".utf8
                bytes += json.bytes
            case .lines:
                bytes += json.bytes
                bytes.append(UInt8(ascii: "\n"))
            case .events: event("result", json, to: &bytes)
            }
            isFirst = false
        }
        return bytes
    }

    /// The end of an answer to all rows.
    mutating func end(_ analysis: Analysis) -> [UInt8] {
        end("summary") { json in
            json.object { json in
                json.key("model")
                analysis.model.writeIdentity(to: &json)
                json.key("summary")
                analysis.summary.write(to: &json)
                json.member("total_logs", analysis.summary.verdicts + analysis.summary.failures)
                json.member("failed", analysis.summary.failures)
                json.key("timings")
                analysis.work.write(to: &json)
            }
        }
    }

    /// The end of an answer that broke off.
    mutating func end(_ problem: Problem) -> [UInt8] {
        end("problem") { json in
            json.object { json in
                json.key("problem")
                problem.write(to: &json, isDocumentedPath: false)
            }
        }
    }

    private mutating func end(_ name: String, _ write: (inout JSONWriter) -> Void) -> [UInt8] {
        var json = JSONWriter()
        write(&json)
        var bytes: [UInt8] = []
        switch format {
        case .json:
            bytes += isFirst ? #"{"results":[],"#.utf8 : "],".utf8
            bytes += json.bytes.dropFirst()  // the members go on in the object that is open
        case .lines:
            bytes += json.bytes
            bytes.append(UInt8(ascii: "\n"))
        case .events: event(name, json, to: &bytes)
        }
        return bytes
    }

    private func event(_ name: String, _ json: JSONWriter, to bytes: inout [UInt8]) {
        bytes += "event: \(name)\ndata: ".utf8
        bytes += json.bytes
        bytes += "\n\n".utf8
    }
}

extension AnalysisWork {
    /// The stages in milliseconds, and what deduplication saved.
    func write(to json: inout JSONWriter) {
        json.object { json in
            for stage in stages { json.member("\(stage.name)_ms", stage.milliseconds) }
            json.member("embedded_texts", embeddedTexts)
            json.member("classified_rows", classifiedRows)
        }
    }
}
