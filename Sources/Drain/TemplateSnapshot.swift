internal import JSONText
internal import TocsinCore

/// A state with the name of the replica whose it is, as a file keeps it.
///
/// The file is a line with format, version, the SHA-256 and the length of the rest; then JSON, members in order.
public struct TemplateSnapshot: Sendable, Hashable {
    public var replica: String
    /// True where the replica counted nothing after this snapshot, so that it may go on counting under its name.
    public var isFinal: Bool
    public var state: TemplateState

    public init(replica: String, isFinal: Bool, state: TemplateState) {
        self.replica = replica
        self.isFinal = isFinal
        self.state = state
    }

    static let format = "tocsin-live-templates"
    static let version = 2

    /// True where a file that begins so says that it is a snapshot, of whatever version.
    public static func isSnapshot(_ beginning: some Sequence<UInt8>) -> Bool {
        beginning.starts(with: Array("\(format) ".utf8))
    }

    /// The same bytes for equal snapshots.
    public func encoded() -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("replica", replica)
            writer.member("final", isFinal)
            writer.array("templates") { writer in
                for record in state.records.values.sorted(by: { $0.id < $1.id }) { record.write(to: &writer) }
            }
        }
        writer.newline()
        let digest = SHA256.hexadecimalDigest(of: writer.bytes)
        return Array("\(Self.format) \(Self.version) \(digest) \(writer.bytes.count)\n".utf8) + writer.bytes
    }

    /// Reads what `encoded` wrote; a cut or changed file is refused.
    public init(decoding file: [UInt8]) throws(TemplateFileError) {
        let header = file.prefix(200).prefix { $0 != UInt8(ascii: "\n") }
        let words = String(decoding: header, as: UTF8.self).split(separator: " ")
        guard words.first == Self.format[...], words.count > 1 else { throw .wrongFormat(expected: Self.format) }
        guard let version = Double(words[1]), version == Double(Self.version) else {
            throw .wrongVersion(found: Double(words[1]) ?? .nan, expected: Self.version)
        }
        guard words.count == 4, let length = Int(words[3]), header.count < file.count else {
            throw .cut(byteCount: file.count, expected: header.count + 1)
        }
        let body = Array(file[(header.count + 1)...])
        guard body.count >= length else {
            throw .cut(byteCount: file.count, expected: file.count - body.count + length)
        }
        guard body.count == length, SHA256.hexadecimalDigest(of: body) == words[2] else { throw .damaged }
        let document: JSONValue
        do { document = try JSONValue(parsing: body) } catch { throw .notJSON(error.description) }
        guard let replica = document["replica"]?.text else { throw .missing("replica") }
        guard case .bool(let isFinal)? = document["final"] else { throw .missing("final") }
        guard case .array(let elements)? = document["templates"] else { throw .missing("templates") }
        var records: [TemplateRecord] = []
        for (index, element) in elements.enumerated() { records.append(try TemplateRecord(element, at: index)) }
        self.init(replica: replica, isFinal: isFinal, state: TemplateState(records))
    }
}
