import GRPCCore
import Pipeline
import ServiceKit
import TocsinCore
import WireMessages

/// `tocsin.parser.v1.Parser` over a parsing tier of this process.
struct ParserService: RegistrableRPCService {
    let tier: any ParsingTier

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        router.unary(.parse) { try await parse($0) }
        router.stream(.parseStream) { try await parse($0) }
        router.unary(.info(of: WireService.parser)) { _ in try await tier.info() }
    }

    private func parse(_ batch: ParseBatch) async throws -> ParsedBatch {
        let parsed = try await tier.parse(batch)
        CallContext.current?.countItems(
            answered: parsed.lines.count - parsed.lines.failureCount, failed: parsed.lines.failureCount)
        return parsed
    }
}
