public import Pipeline
public import ServiceKit
public import TocsinCore
import WireMessages

/// The parsing tier behind a socket.
public struct RemoteParsingTier: ParsingTier {
    private let client: TierClient

    /// - Parameter client: must run, as one of the program's services, while the tier is used.
    public init(_ client: TierClient) { self.client = client }

    public func parse(_ batch: ParseBatch) async throws -> ParsedBatch {
        let parsed = try await client.call(.parse, batch)
        try client.check("lines", answered: parsed.lines.count, asked: batch.lines.count)
        return parsed
    }

    public func templates(_ query: TemplateQuery) async throws -> TemplatePage {
        try await RemoteTemplates(client).list(query)
    }

    public func info() async throws -> TierInfo { try await client.info(of: WireService.parser) }
}
