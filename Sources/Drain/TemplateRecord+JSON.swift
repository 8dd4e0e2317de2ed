internal import JSONText
internal import TocsinCore

/// How a snapshot writes what is known of a template.
extension TemplateRecord {
    func write(to writer: inout JSONWriter) {
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
            writer.array("forms") { writer in for form in forms.texts { writer.string(form) } }
            writer.member("all_forms", forms.isComplete)
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

    private static func write(_ label: LastWrite?, as name: String, to writer: inout JSONWriter) {
        guard let label else { return }
        writer.object(name) { writer in
            writer.member("value", label.value)
            writer.member("time", String(label.time))
            writer.member("replica", label.replica)
        }
    }

    /// - Parameter index: of the template in its file, for errors.
    init(_ value: JSONValue, at index: Int) throws(TemplateFileError) {
        func missing(_ member: String) -> TemplateFileError { .malformedTemplate(index: index, member: member) }
        guard let typedText = value["template"]?.text else { throw missing("template") }
        self.init(typedText: typedText)
        guard let ids = value["supersedes"]?.texts else { throw missing("supersedes") }
        supersedes = Set(ids)
        guard let counts = Self.counts(value["counts"]) else { throw missing("counts") }
        self.counts = counts
        guard let deleted = Self.counts(value["deleted"]) else { throw missing("deleted") }
        self.deleted = deleted
        firstSeen = value["first_seen"]?.text.flatMap { Int64($0) }
        lastSeen = value["last_seen"]?.text.flatMap { Int64($0) }
        guard let samples = value["samples"]?.texts else { throw missing("samples") }
        self.samples = Set(samples)
        guard let forms = value["forms"]?.texts, case .bool(let isComplete)? = value["all_forms"] else {
            throw missing("forms")
        }
        self.forms = TemplateForms(forms, isComplete: isComplete)
        if let label = value["name"] {
            guard let name = Self.label(label) else { throw missing("name") }
            self.name = name
        }
        if let label = value["pin"] {
            guard let pin = Self.label(label) else { throw missing("pin") }
            self.pin = pin
        }
    }

    private static func counts(_ value: JSONValue?) -> [String: ReplicaCounts]? {
        guard case .object(let members)? = value else { return nil }
        var counts: [String: ReplicaCounts] = [:]
        for member in members {
            guard case .object(let replicas) = member.value else { return nil }
            var counter: [String: UInt64] = [:]
            for replica in replicas {
                guard let count = replica.value.text.flatMap({ UInt64($0) }) else { return nil }
                counter[replica.name] = count
            }
            counts[member.name] = ReplicaCounts(counter)
        }
        return counts
    }

    private static func label(_ value: JSONValue) -> LastWrite? {
        guard let time = value["time"]?.text.flatMap({ Int64($0) }), let replica = value["replica"]?.text else {
            return nil
        }
        return LastWrite(value["value"]?.text, time: time, replica: replica)
    }
}

extension JSONValue {
    var text: String? {
        guard case .string(let bytes) = self else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    fileprivate var texts: [String]? {
        guard case .array(let elements) = self else { return nil }
        return elements.compactMap(\.text)
    }
}
