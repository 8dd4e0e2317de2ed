internal import Foundation
internal import TocsinCore

/// A user's labelled lines: one JSON object a row with `line` and `label`, the class's index or name.
public enum LabelledFile {
    private struct Row: Decodable {
        enum Label: Decodable {
            case known(AnomalyClass)
            case unknown(String)

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let index = try? container.decode(Int.self) {
                    self = AnomalyClass(rawValue: index).map(Self.known) ?? .unknown("\(index)")
                } else {
                    let name = try container.decode(String.self)
                    self = AnomalyClass(name: name).map(Self.known) ?? .unknown(name)
                }
            }
        }
        var line: String
        var label: Label
        var system: String?
        /// Whether two annotators gave the same label.
        var agreed: Bool?
    }

    /// Reads the file; rows that its annotators disagreed on (`"agreed": false`) are left out.
    public static func read(_ path: String) throws(DataError) -> [LabelledLine] {
        let file = try TextFile(path)
        var lines: [LabelledLine] = []
        for (index, bytes) in file.lines.enumerated() where !bytes.isEmpty {
            let row: Row
            do {
                row = try JSONDecoder().decode(Row.self, from: Data(bytes))
            } catch {
                throw file.malformed(index, "it is no object with line and label: \(error)")
            }
            guard case .known(let label) = row.label else {
                guard case .unknown(let name) = row.label else { continue }
                let names = AnomalyClass.allCases.map(\.name).joined(separator: " ")
                throw file.malformed(index, "label '\(name)' is none of 0...6 and \(names)")
            }
            guard row.agreed != false else { continue }
            lines.append(
                LabelledLine(line: Array(row.line.utf8), label: label, origin: .field, system: row.system ?? ""))
        }
        return lines
    }
}
