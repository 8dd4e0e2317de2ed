public import JSONText
public import Pipeline
public import TocsinCore

extension LogExplanation {
    /// Writes the members `model` and `explanations`, a row with its explanation for each line.
    ///
    /// - Parameters:
    ///   - records: the lines that were explained.
    ///   - places: where each stands; nil where records are lines.
    ///   - row: what is shown of a line's place, text and verdict.
    public func writeMembers(
        to json: inout JSONWriter, records: LineBlock, places: [RecordPlace]?,
        row: (RecordPlace, ArraySlice<UInt8>, ItemResult<LineAnalysis>) -> ReportRow = {
            ReportRow(place: $0, raw: $1, result: $2)
        }
    ) {
        var style = ReportRow.Style()
        style.includesDetails = true
        style.includesStatus = true
        json.key("model")
        model.writeIdentity(to: &json)
        json.array("explanations") { json in
            for (index, line) in lines.enumerated() {
                let place = places?[index] ?? RecordPlace(line: index + 1)
                row(place, records[index], line.map(\.analysis)).write(to: &json, style: style) { json in
                    json.key("explanation")
                    if case .success(let line) = line { line.write(to: &json) } else { json.null() }
                }
            }
        }
    }
}
