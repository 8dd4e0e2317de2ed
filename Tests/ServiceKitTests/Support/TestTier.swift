import Foundation
import GRPCCore
import Logging
import TocsinCore
import WireMessages

@testable import ServiceKit

/// The embedding contract served by a closure: the transport's tests need a tier, not an encoder.
struct TestTier: RegistrableRPCService {
    /// One-dimensional vectors, in the order of the texts; `replica` tells which server answered.
    static func answer(_ batch: EmbedBatch, replica: String = "one") -> EmbeddedBatch {
        var vectors = VectorBlock(dimension: 1)
        for text in batch.texts { vectors.append([Float(text.count)]) }
        return EmbeddedBatch(
            vectors: vectors, tokenCounts: batch.texts.map(\.count), encoderSHA256: replica)
    }

    let embed: @Sendable (EmbedBatch) async throws -> EmbeddedBatch

    init(_ embed: @escaping @Sendable (EmbedBatch) async throws -> EmbeddedBatch = { Self.answer($0) }) {
        self.embed = embed
    }

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        router.unary(.embed, handler: embed)
        router.stream(.embedStream, handler: embed)
    }
}

extension EmbedBatch {
    /// One text of that many bytes.
    static func text(ofBytes count: Int) -> EmbedBatch {
        var texts = LineBlock()
        texts.append([UInt8](repeating: 0x61, count: count))
        return EmbedBatch(texts: texts)
    }
}

/// Says nothing, or where `TOCSIN_TEST_LOG` is set everything, on standard error.
let testLogger: Logger = {
    var logger = Logger(label: "test") { JSONLogHandler(label: $0, level: .trace, metadataProvider: .currentCall) }
    logger.logLevel = ProcessInfo.processInfo.environment["TOCSIN_TEST_LOG"] == nil ? .critical : .trace
    return logger
}()
