internal import CTocsinProto
internal import TocsinCore

extension Tocsin__Parser__V1__TemplateRecord: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__parser__v1__template_record__init }
}

extension Tocsin__Parser__V1__ReplicaCount: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__parser__v1__replica_count__init }
}

extension Tocsin__Parser__V1__LastWrite: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__parser__v1__last_write__init }
}

extension TemplateRecord {
    init(_ message: Tocsin__Parser__V1__TemplateRecord) throws(WireError.Reason) {
        self.init(typedText: try text("typed_text", message.typed_text))
        supersedes = Set(try templateIDs("supersedes", message.supersedes, message.n_supersedes))
        counts = try Self.counts("counts", message.counts, message.n_counts)
        deleted = try Self.counts("deleted", message.deleted, message.n_deleted)
        firstSeen = time(message.first_seen)
        lastSeen = time(message.last_seen)
        samples = Set(try texts("samples", message.samples, message.n_samples))
        forms = TemplateForms(
            try texts("forms", message.forms, message.n_forms), isComplete: message.has_all_forms != 0)
        name = try LastWrite("name", message.name)
        pin = try LastWrite("pin", message.pin)
    }

    func fill(_ message: inout Tocsin__Parser__V1__TemplateRecord, in arena: borrowing Arena) throws(WireError.Reason) {
        message.typed_text = arena.bytes(typedText)
        message.n_supersedes = supersedes.count
        message.supersedes = try arena.templateIDs("supersedes", supersedes.sorted())
        message.n_counts = counts.values.reduce(0) { $0 + $1.counts.count }
        message.counts = try Self.fill("counts", counts, in: arena)
        message.n_deleted = deleted.values.reduce(0) { $0 + $1.counts.count }
        message.deleted = try Self.fill("deleted", deleted, in: arena)
        message.first_seen = firstSeen ?? 0
        message.last_seen = lastSeen ?? 0
        message.n_samples = samples.count
        message.samples = arena.bytes(of: samples)
        message.n_forms = forms.texts.count
        message.forms = arena.bytes(of: forms.texts)
        message.has_all_forms = forms.isComplete ? 1 : 0
        message.name = try name?.message("name", in: arena)
        message.pin = try pin?.message("pin", in: arena)
    }

    private static func counts(
        _ name: StaticString, _ start: UnsafeMutablePointer<UnsafeMutablePointer<Tocsin__Parser__V1__ReplicaCount>?>?,
        _ number: Int
    ) throws(WireError.Reason) -> [String: ReplicaCounts] {
        var counts: [String: [String: UInt64]] = [:]
        for element in elements(start, number) {
            guard let message = element?.pointee else { continue }
            let id = try templateID(name, message.id)
            let replica = try text(name, message.replica)
            counts[id, default: [:]][replica] = message.count
        }
        return counts.mapValues { ReplicaCounts($0) }
    }

    private static func fill(
        _ name: StaticString, _ counts: [String: ReplicaCounts], in arena: borrowing Arena
    ) throws(WireError.Reason) -> UnsafeMutablePointer<UnsafeMutablePointer<Tocsin__Parser__V1__ReplicaCount>?> {
        let entries = counts.flatMap { id, counter in
            counter.counts.map { (id: id, replica: $0.key, count: $0.value) }
        }
        return try arena.messages(name, entries) {
            (entry, message: inout Tocsin__Parser__V1__ReplicaCount) throws(WireError.Reason) in
            message.id = try arena.templateID("id", entry.id)
            message.replica = try arena.string("replica", entry.replica)
            message.count = entry.count
        }
    }
}

extension LastWrite {
    fileprivate init?(
        _ name: StaticString, _ message: UnsafeMutablePointer<Tocsin__Parser__V1__LastWrite>?
    ) throws(WireError.Reason) {
        guard let message = message?.pointee else { return nil }
        self.init(
            try optionalText(name, message.value), time: message.time, replica: try text(name, message.replica))
    }

    fileprivate func message(
        _ name: StaticString, in arena: borrowing Arena
    ) throws(WireError.Reason) -> UnsafeMutablePointer<Tocsin__Parser__V1__LastWrite> {
        let message = arena.allocate(Tocsin__Parser__V1__LastWrite.self, count: 1)
        tocsin__parser__v1__last_write__init(message)
        message.pointee.value = arena.bytes(value)
        message.pointee.time = time
        message.pointee.replica = try arena.string(name, replica)
        return message
    }
}

/// A time in milliseconds since 1970; nil where it is 0.
func time(_ milliseconds: Int64) -> Int64? { milliseconds == 0 ? nil : milliseconds }
