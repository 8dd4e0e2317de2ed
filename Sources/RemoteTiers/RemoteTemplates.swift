public import ServiceKit
public import TocsinCore
import WireMessages

/// The live templates of a parser behind a socket.
public struct RemoteTemplates: Sendable {
    private let client: TierClient

    /// - Parameter client: must run while the templates are used.
    public init(_ client: TierClient) { self.client = client }

    /// All that the parser knows of its templates, read in parts while it goes on.
    public func reading() async throws -> TemplateReading {
        var reading = TemplateReading()
        var request = SyncRequest()
        while true {
            let answer = try await client.call(.sync, request)
            reading.take(answer.records)
            guard answer.hasMore else { return reading }
            request = SyncRequest(tree: answer.tree, position: answer.position)
        }
    }

    /// The first templates, up to `TemplateQuery.maxLimit`, with most messages that fit a query.
    public func list(_ query: TemplateQuery) async throws -> TemplatePage {
        try await client.call(.listTemplates, query)
    }

    /// Merges templates that were kept elsewhere into the parser's, in parts, and returns how many it has then.
    public func take(_ records: [TemplateRecord]) async throws -> Int {
        var count = 0
        for start in stride(from: 0, through: max(0, records.count - 1), by: Self.portion) {
            let part = Array(records[start..<min(start + Self.portion, records.count)])
            count = try await client.call(.importTemplates, ImportTemplates(records: part)).count
        }
        return count
    }

    /// The most records in a call: far below what a message may hold, whatever is in them.
    private static let portion = 4_096

    /// The template as it is then.
    public func change(_ request: PinTemplate) async throws -> TemplateSummary {
        try await client.call(.pinTemplate, request)
    }

    /// The template as it is then.
    public func change(_ request: RenameTemplate) async throws -> TemplateSummary {
        try await client.call(.renameTemplate, request)
    }

    /// The template as it was.
    public func change(_ request: DeleteTemplate) async throws -> TemplateSummary {
        try await client.call(.deleteTemplate, request)
    }
}
