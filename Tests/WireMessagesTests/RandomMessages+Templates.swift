import TocsinCore

extension RandomMessages {
    mutating func templateQuery() -> TemplateQuery {
        TemplateQuery(
            contains: optional { $0.text() }, pinnedOnly: number(0...1) == 0, minCount: UInt64(number(0...9)),
            offset: number(0...9), limit: number(1...TemplateQuery.maxLimit))
    }

    mutating func templatePage() -> TemplatePage {
        TemplatePage(
            templates: list { $0.templateSummary() }, total: number(0...1 << 40), totalCount: UInt64(number(0...9)))
    }

    mutating func templateSummary() -> TemplateSummary {
        TemplateSummary(
            id: templateID(), text: text(), typedText: text(), supersedes: list { $0.templateID() },
            name: optional { $0.text() }, isPinned: number(0...1) == 0, count: UInt64(number(0...1 << 60)),
            firstSeen: time(), lastSeen: time(), samples: list { $0.text() })
    }

    mutating func syncResponse() -> SyncResponse {
        SyncResponse(
            replica: name(), tree: name(), position: UInt64(number(0...1 << 60)), hasMore: number(0...1) == 0,
            records: list { $0.templateRecord() })
    }

    private mutating func templateRecord() -> TemplateRecord {
        var record = TemplateRecord(typedText: text())
        record.supersedes = Set(list { $0.templateID() })
        record.counts = counts()
        record.deleted = counts()
        record.firstSeen = time()
        record.lastSeen = time()
        record.samples = Set(list { $0.text() })
        record.forms = TemplateForms(list { $0.text() }, isComplete: number(0...1) == 0)
        record.name = lastWrite()
        record.pin = lastWrite()
        return record
    }

    private mutating func counts() -> [String: ReplicaCounts] {
        var counts: [String: ReplicaCounts] = [:]
        for _ in 0..<number(0...3) {
            counts[templateID()] = ReplicaCounts([name(): UInt64(number(0...99)), "another": 1])
        }
        return counts
    }

    private mutating func lastWrite() -> LastWrite? {
        guard number(0...1) == 0 else { return nil }
        return LastWrite(optional { $0.text() }, time: Int64(number(0...9)), replica: name())
    }

    private mutating func time() -> Int64? { number(0...1) == 0 ? nil : Int64(number(1...1 << 45)) }
}
