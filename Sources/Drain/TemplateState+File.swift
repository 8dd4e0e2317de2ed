internal import JSONText
internal import TocsinCore

/// The bytes of a state: a line with format, version and the SHA-256 of the rest, then JSON, members in order.
extension TemplateState {
    static let format = "tocsin-live-templates"
    static let version = 1

    /// The same bytes for equal states.
    public func encoded() -> [UInt8] {
        var writer = JSONWriter()
        writer.array { writer in
            for (_, record) in records.sorted(by: { $0.key < $1.key }) { record.write(to: &writer) }
        }
        writer.newline()
        let header = "\(Self.format) \(Self.version) \(SHA256.hexadecimalDigest(of: writer.bytes))\n"
        return Array(header.utf8) + writer.bytes
    }

    /// Reads what `encoded` wrote; a cut or changed file is refused.
    public init(decoding file: [UInt8]) throws(TemplateFileError) {
        self.init()
        let header = file.prefix(200).prefix { $0 != UInt8(ascii: "\n") }
        let words = String(decoding: header, as: UTF8.self).split(separator: " ")
        guard words.first == Self.format[...], words.count == 3 else { throw .wrongFormat(expected: Self.format) }
        guard let version = Double(words[1]), version == Double(Self.version) else {
            throw .wrongVersion(found: Double(words[1]) ?? .nan, expected: Self.version)
        }
        let body = Array(file.dropFirst(header.count + 1))
        guard SHA256.hexadecimalDigest(of: body) == words[2] else { throw .damaged }
        let document: JSONValue
        do { document = try JSONValue(parsing: body) } catch { throw .notJSON(error.description) }
        guard case .array(let elements) = document else { throw .missing("templates") }
        for element in elements {
            let record = try TemplateRecord(element)
            records[TemplatePattern.id(ofTypedText: record.typedText)] = record
        }
    }
}

extension TemplateRecord {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("template", typedText)
            writer.array("supersedes") { writer in for id in supersedes.sorted() { writer.string(id) } }
            Self.write(counts, as: "counts", to: &writer)
            Self.write(deleted, as: "deleted", to: &writer)
            writer.member("first_seen", firstSeen.map { String($0) })
            writer.member("last_seen", lastSeen.map { String($0) })
            writer.array("samples") { writer in
                for sample in samples.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
                    writer.string(sample)
                }
            }
            Self.write(name, as: "name", to: &writer)
            Self.write(pin, as: "pin", to: &writer)
        }
    }

    private static func write(_ counts: [String: ReplicaCounts], as name: String, to writer: inout JSONWriter) {
        writer.object(name) { writer in
            for (id, counter) in counts.sorted(by: { $0.key < $1.key }) {
                writer.object(id) { writer in
                    // In decimal digits: a JSON number holds 53 bits.
                    for (replica, count) in counter.counts.sorted(by: { $0.key < $1.key }) {
                        writer.member(replica, String(count))
                    }
                }
            }
        }
    }

    private static func write(_ label: LastWrite<String>?, as name: String, to writer: inout JSONWriter) {
        guard let label else { return }
        writer.object(name) { writer in
            writer.member("value", label.value)
            writer.member("time", String(label.time))
            writer.member("replica", label.replica)
        }
    }

    fileprivate init(_ value: JSONValue) throws(TemplateFileError) {
        guard let typedText = value["template"]?.text else { throw .missing("template") }
        self.init(typedText: typedText)
        supersedes = Set(value["supersedes"]?.texts ?? [])
        counts = try Self.counts(value["counts"])
        deleted = try Self.counts(value["deleted"])
        firstSeen = value["first_seen"]?.text.flatMap { Int64($0) }
        lastSeen = value["last_seen"]?.text.flatMap { Int64($0) }
        samples = Set(value["samples"]?.texts ?? [])
        name = try Self.label(value["name"])
        pin = try Self.label(value["pin"])
    }

    private static func counts(_ value: JSONValue?) throws(TemplateFileError) -> [String: ReplicaCounts] {
        guard case .object(let members)? = value else { throw .missing("counts") }
        var counts: [String: ReplicaCounts] = [:]
        for member in members {
            guard case .object(let replicas) = member.value else { throw .missing("counts") }
            var counter = ReplicaCounts()
            for replica in replicas {
                guard let count = replica.value.text.flatMap({ UInt64($0) }) else { throw .missing("counts") }
                counter.counts[replica.name] = count
            }
            counts[member.name] = counter
        }
        return counts
    }

    private static func label(_ value: JSONValue?) throws(TemplateFileError) -> LastWrite<String>? {
        guard let value else { return nil }
        guard let time = value["time"]?.text.flatMap({ Int64($0) }), let replica = value["replica"]?.text else {
            throw .missing("time")
        }
        return LastWrite(value["value"]?.text, time: time, replica: replica)
    }
}

extension JSONValue {
    fileprivate var text: String? {
        guard case .string(let bytes) = self else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    fileprivate var texts: [String]? {
        guard case .array(let elements) = self else { return nil }
        return elements.compactMap(\.text)
    }
}
