internal import CTocsinProto
public import TocsinCore

extension Tocsin__Parser__V1__SyncRequest: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__parser__v1__sync_request__init }
}

extension Tocsin__Parser__V1__SyncResponse: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__parser__v1__sync_response__init }
}

extension Tocsin__Parser__V1__ImportTemplatesRequest: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void {
        tocsin__parser__v1__import_templates_request__init
    }
}

extension Tocsin__Parser__V1__ImportTemplatesResponse: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void {
        tocsin__parser__v1__import_templates_response__init
    }
}

extension SyncRequest: WireMessage, ArenaRepresented {
    init(_ message: Tocsin__Parser__V1__SyncRequest) throws(WireError.Reason) {
        self.init(tree: try optionalText("tree", message.tree), position: message.position)
    }

    func fill(_ message: inout Tocsin__Parser__V1__SyncRequest, in arena: borrowing Arena) throws(WireError.Reason) {
        message.tree = try arena.string("tree", tree)
        message.position = position
    }
}

extension SyncResponse: WireMessage, ArenaRepresented {
    init(_ message: Tocsin__Parser__V1__SyncResponse) throws(WireError.Reason) {
        self.init(
            replica: try text("replica", message.replica), tree: try text("tree", message.tree),
            position: message.position, hasMore: message.has_more != 0,
            records: try templateRecords(message.records, message.n_records))
    }

    func fill(_ message: inout Tocsin__Parser__V1__SyncResponse, in arena: borrowing Arena) throws(WireError.Reason) {
        message.replica = try arena.string("replica", replica)
        message.tree = try arena.string("tree", tree)
        message.position = position
        message.has_more = hasMore ? 1 : 0
        (message.n_records, message.records) = (records.count, try arena.templateRecords(records))
    }
}

extension ImportTemplates: WireMessage, ArenaRepresented {
    init(_ message: Tocsin__Parser__V1__ImportTemplatesRequest) throws(WireError.Reason) {
        self.init(records: try templateRecords(message.records, message.n_records))
    }

    func fill(
        _ message: inout Tocsin__Parser__V1__ImportTemplatesRequest, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        (message.n_records, message.records) = (records.count, try arena.templateRecords(records))
    }
}

extension ImportedTemplates: WireMessage, ArenaRepresented {
    init(_ message: Tocsin__Parser__V1__ImportTemplatesResponse) throws(WireError.Reason) {
        self.init(count: Int(message.templates))
    }

    func fill(
        _ message: inout Tocsin__Parser__V1__ImportTemplatesResponse, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.templates = UInt32(clamping: count)
    }
}

private func templateRecords(
    _ start: UnsafeMutablePointer<UnsafeMutablePointer<Tocsin__Parser__V1__TemplateRecord>?>?, _ count: Int
) throws(WireError.Reason) -> [TemplateRecord] {
    try map("records", start, count) { (record) throws(WireError.Reason) in try TemplateRecord(record) }
}

extension Arena {
    fileprivate func templateRecords(
        _ records: [TemplateRecord]
    ) throws(WireError.Reason) -> UnsafeMutablePointer<UnsafeMutablePointer<Tocsin__Parser__V1__TemplateRecord>?> {
        try messages("records", records) {
            (record, message: inout Tocsin__Parser__V1__TemplateRecord) throws(WireError.Reason) in
            try record.fill(&message, in: self)
        }
    }
}
