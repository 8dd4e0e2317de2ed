/// What is read of a live tree in parts, while messages go on coming in.
public struct TemplateReading: Sendable {
    /// What was read last of each template, by id.
    public private(set) var records: [String: TemplateRecord] = [:]

    public init() {}

    /// - Parameter part: what changed after the part before it.
    public mutating func take(_ part: [TemplateRecord]) {
        // A template that was replaced since it was read would have its messages twice.
        for record in part { for id in record.supersedes { records[id] = nil } }
        for record in part { records[record.id] = record }
    }
}
