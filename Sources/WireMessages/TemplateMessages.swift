internal import CTocsinProto
public import TocsinCore

extension Tocsin__Parser__V1__ListTemplatesRequest: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__parser__v1__list_templates_request__init }
}

extension Tocsin__Parser__V1__ListTemplatesResponse: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__parser__v1__list_templates_response__init }
}

extension Tocsin__Parser__V1__TemplateSummary: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__parser__v1__template_summary__init }
}

extension Tocsin__Parser__V1__PinTemplateRequest: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__parser__v1__pin_template_request__init }
}

extension Tocsin__Parser__V1__RenameTemplateRequest: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__parser__v1__rename_template_request__init }
}

extension Tocsin__Parser__V1__DeleteTemplateRequest: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__parser__v1__delete_template_request__init }
}

extension TemplateQuery: WireMessage, ArenaRepresented {
    init(_ message: Tocsin__Parser__V1__ListTemplatesRequest) throws(WireError.Reason) {
        let limit = Int(message.limit)
        guard limit <= Self.maxLimit else {
            throw .invalid(field: "limit", found: "\(limit)", expected: "at most \(Self.maxLimit), or 0")
        }
        self.init(
            contains: try optionalText("contains", message.contains), pinnedOnly: message.pinned_only != 0,
            minCount: message.min_count, offset: Int(message.offset), limit: limit == 0 ? Self.maxLimit : limit)
    }

    func fill(
        _ message: inout Tocsin__Parser__V1__ListTemplatesRequest, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.contains = arena.bytes(contains)
        message.pinned_only = pinnedOnly ? 1 : 0
        message.min_count = minCount
        message.offset = try unsigned("offset", offset)
        message.limit = try unsigned("limit", limit)
    }
}

extension TemplatePage: WireMessage, ArenaRepresented {
    init(_ message: Tocsin__Parser__V1__ListTemplatesResponse) throws(WireError.Reason) {
        self.init(
            templates: try map("templates", message.templates, message.n_templates) {
                (template) throws(WireError.Reason) in try TemplateSummary(template)
            },
            total: try count("total", message.total), totalCount: message.total_count)
    }

    func fill(
        _ message: inout Tocsin__Parser__V1__ListTemplatesResponse, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.n_templates = templates.count
        message.templates = try arena.messages("templates", templates) {
            (template, message: inout Tocsin__Parser__V1__TemplateSummary) throws(WireError.Reason) in
            try template.fill(&message, in: arena)
        }
        message.total = try unsigned("total", total)
        message.total_count = totalCount
    }
}

extension TemplateSummary: WireMessage, ArenaRepresented {
    init(_ message: Tocsin__Parser__V1__TemplateSummary) throws(WireError.Reason) {
        self.init(
            id: try templateID("id", message.id), text: try WireMessages.text("text", message.text),
            typedText: try WireMessages.text("typed_text", message.typed_text),
            supersedes: try templateIDs("supersedes", message.supersedes, message.n_supersedes),
            name: try optionalText("name", message.name), isPinned: message.pinned != 0, count: message.count,
            firstSeen: time(message.first_seen), lastSeen: time(message.last_seen),
            samples: try texts("samples", message.samples, message.n_samples))
    }

    func fill(_ message: inout Tocsin__Parser__V1__TemplateSummary, in arena: borrowing Arena) throws(WireError.Reason)
    {
        message.id = try arena.templateID("id", id)
        message.text = arena.bytes(text)
        message.typed_text = arena.bytes(typedText)
        message.n_supersedes = supersedes.count
        message.supersedes = try arena.templateIDs("supersedes", supersedes)
        message.name = arena.bytes(name)
        message.pinned = isPinned ? 1 : 0
        message.count = count
        message.first_seen = firstSeen ?? 0
        message.last_seen = lastSeen ?? 0
        message.n_samples = samples.count
        message.samples = arena.bytes(of: samples)
    }
}

extension PinTemplate: WireMessage, ArenaRepresented {
    init(_ message: Tocsin__Parser__V1__PinTemplateRequest) throws(WireError.Reason) {
        self.init(id: try templateID("id", message.id), isPinned: message.pinned != 0)
    }

    func fill(
        _ message: inout Tocsin__Parser__V1__PinTemplateRequest, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.id = try arena.templateID("id", id)
        message.pinned = isPinned ? 1 : 0
    }
}

extension RenameTemplate: WireMessage, ArenaRepresented {
    init(_ message: Tocsin__Parser__V1__RenameTemplateRequest) throws(WireError.Reason) {
        self.init(id: try templateID("id", message.id), name: try optionalText("name", message.name))
    }

    func fill(
        _ message: inout Tocsin__Parser__V1__RenameTemplateRequest, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.id = try arena.templateID("id", id)
        message.name = arena.bytes(name)
    }
}

extension DeleteTemplate: WireMessage, ArenaRepresented {
    init(_ message: Tocsin__Parser__V1__DeleteTemplateRequest) throws(WireError.Reason) {
        self.init(id: try templateID("id", message.id))
    }

    func fill(
        _ message: inout Tocsin__Parser__V1__DeleteTemplateRequest, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.id = try arena.templateID("id", id)
    }
}
