internal import TocsinCore

/// Messages of one source with their true templates, as the structured files of LogHub hold them.
public struct ParsingGroundTruth: Sendable {
    public private(set) var contents: [String] = []
    public private(set) var templates: [String] = []

    /// Reads comma-separated rows with a header, quoted where RFC 4180 quotes; nil without the columns `Content` and
    /// `EventTemplate`.
    public init?(csv: [UInt8]) {
        var rows = Self.rows(csv).makeIterator()
        guard let header = rows.next(), let content = header.firstIndex(of: "Content"),
            let template = header.firstIndex(of: "EventTemplate")
        else { return nil }
        while let row = rows.next() {
            guard row.count == header.count else { continue }
            contents.append(row[content])
            templates.append(row[template])
        }
    }

    /// Adds every message to a tree of its own, asks for its template when all are in, and scores the answers.
    public func score(configuration: DrainConfiguration = DrainConfiguration()) -> ParsingMetrics {
        var tree = DrainTree(configuration: configuration)
        for content in contents { _ = tree.add(content) }
        return score(with: &tree)
    }

    /// Scores a tree that the messages were added to, among others.
    public func score(with tree: inout DrainTree) -> ParsingMetrics {
        let mined = contents.map { tree.match($0) }
        return ParsingMetrics(
            groups: mined.map { $0?.id ?? "" }, templates: mined.map { $0?.text ?? "" }, truth: templates)
    }

    private static func rows(_ csv: [UInt8]) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var index = csv.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        func endField() {
            row.append(String(decoding: field, as: UTF8.self))
            field.removeAll(keepingCapacity: true)
        }
        while index < csv.count {
            let byte = csv[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\"") where isQuoted && index < csv.count && csv[index] == byte:
                field.append(byte)
                index += 1
            case UInt8(ascii: "\"") where isQuoted || field.isEmpty: isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted: endField()
            case UInt8(ascii: "\n") where !isQuoted:
                if field.last == UInt8(ascii: "\r") { field.removeLast() }
                endField()
                rows.append(row)
                row.removeAll()
            default: field.append(byte)
            }
        }
        if !field.isEmpty || !row.isEmpty {
            endField()
            rows.append(row)
        }
        return rows
    }
}
