internal import Foundation

/// A file cut into lines of bytes; the line feed and a carriage return before it are left out.
struct TextFile {
    let path: String
    let lines: [ArraySlice<UInt8>]

    init(_ path: String) throws(DataError) {
        let bytes: [UInt8]
        do {
            bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw .unreadable(path: path, reason: error.localizedDescription)
        }
        self.path = path
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        self.lines = lines.map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
    }

    /// The fields of tab-separated row `index`, checked to be `count`.
    func tabSeparated(_ index: Int, count: Int) throws(DataError) -> [ArraySlice<UInt8>] {
        let fields = lines[index].split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        guard fields.count == count else {
            throw malformed(index, "\(fields.count) fields in place of \(count) separated by tabs")
        }
        return fields
    }

    /// The fields of comma-separated row `index`; a field in double quotes may hold commas and doubled quotes.
    func commaSeparated(_ index: Int) throws(DataError) -> [String] {
        var fields: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var bytes = lines[index][...]
        while let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "\"") where isQuoted && bytes.first == UInt8(ascii: "\""):
                field.append(byte)
                bytes.removeFirst()
            case UInt8(ascii: "\"") where isQuoted || field.isEmpty:
                isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted:
                fields.append(String(decoding: field, as: UTF8.self))
                field = []
            default:
                field.append(byte)
            }
        }
        guard !isQuoted else { throw malformed(index, "a quoted field does not end") }
        return fields + [String(decoding: field, as: UTF8.self)]
    }

    func malformed(_ index: Int, _ reason: String) -> DataError {
        .malformedRow(path: path, line: index + 1, reason: reason)
    }
}

extension StringProtocol {
    init(bytes: some Collection<UInt8>) where Self == String { self = String(decoding: bytes, as: UTF8.self) }
}
