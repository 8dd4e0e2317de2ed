public import JSONText
public import TocsinCore

extension RecordPlace {
    /// Writes the members `lines`, first and last, and `part`; of a whole line none.
    public func write(to json: inout JSONWriter) {
        guard !isWholeLine else { return }
        json.array("lines") { json in
            json.integer(lines.lowerBound)
            json.integer(lines.upperBound)
        }
        if let part { json.member("part", part) }
    }

    /// The lines as a table shows them: `7`, `7-9`, and of a cut record `7-518…`, `…519-1030`.
    public var label: String {
        let numbers =
            lines.count > 1 ? "\(lines.lowerBound)-\(lines.upperBound)" : "\(lines.lowerBound)"
        return switch part {
        case nil: numbers
        case 1: numbers + "…"
        default: "…" + numbers
        }
    }
}
