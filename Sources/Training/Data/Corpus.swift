internal import Foundation
internal import TocsinCore

/// The hand-written corpus: labelled raw lines of several hundred systems.
public struct Corpus: Sendable {
    public private(set) var lines: [LabelledLine] = []

    init(lines: [LabelledLine]) { self.lines = lines }

    /// Reads every `.tsv` of a folder, in the order of their names: class index, system, line.
    public init(directory: String) throws(DataError) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: directory)
        } catch {
            throw .unreadable(path: directory, reason: error.localizedDescription)
        }
        let tables = names.filter { $0.hasSuffix(".tsv") }.sorted()
        guard !tables.isEmpty else { throw .unreadable(path: directory, reason: "it holds no .tsv file") }
        for name in tables {
            let table = try TextFile(directory + "/" + name)
            for index in table.lines.indices {
                // The line itself may hold tabs.
                let fields = table.lines[index].split(
                    separator: UInt8(ascii: "\t"), maxSplits: 2, omittingEmptySubsequences: false)
                guard fields.count == 3, let label = Int(String(bytes: fields[0])).flatMap(AnomalyClass.init) else {
                    throw table.malformed(index, "it is no class index, system and line separated by tabs")
                }
                lines.append(
                    LabelledLine(
                        line: Array(fields[2]), label: label, origin: .corpus, system: String(bytes: fields[1]),
                        collection: name))
            }
        }
    }

    /// The LogHub sources that each system is kin of, from a table of system and comma-separated sources.
    public static func kin(path: String) throws(DataError) -> [String: Set<String>] {
        let table = try TextFile(path)
        var kin: [String: Set<String>] = [:]
        for index in table.lines.indices.dropFirst() {
            let fields = try table.tabSeparated(index, count: 2)
            kin[String(bytes: fields[0])] = Set(String(bytes: fields[1]).split(separator: ",").map(String.init))
        }
        return kin
    }
}
