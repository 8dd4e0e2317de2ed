internal import FoundationEssentials
public import JSONText
public import TocsinCore

extension TemplateSummary {
    /// Writes the template's members into the object that is open.
    public func writeMembers(to json: inout JSONWriter) {
        json.member("template_id", id)
        json.member("template", text)
        json.member("typed_template", typedText)
        json.member("name", name)
        json.member("pinned", isPinned)
        json.key("count")
        json.integer(count)
        json.member("first_seen", Self.time(firstSeen))
        json.member("last_seen", lastSeenTime)
        json.array("samples") { json in for sample in samples { json.string(sample) } }
        json.array("supersedes") { json in for id in supersedes { json.string(id) } }
    }

    /// In UTC, to the second; nil where no message had a time.
    public var lastSeenTime: String? { Self.time(lastSeen) }

    private static func time(_ milliseconds: Int64?) -> String? {
        milliseconds.map { Date(timeIntervalSince1970: Double($0) / 1000).formatted(.iso8601) }
    }
}
