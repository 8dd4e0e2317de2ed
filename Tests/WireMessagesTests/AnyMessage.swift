import Testing
import TocsinCore
import WireMessages

/// One kind of message, so that a test can run over all kinds.
struct AnyMessage: Sendable, CustomTestStringConvertible {
    let name: String
    /// Encodes a random value.
    let encodeRandom: @Sendable (inout RandomMessages) throws -> [UInt8]
    /// True where a random value comes out of the wire as it went in.
    let survives: @Sendable (inout RandomMessages) throws -> Bool
    /// Decodes and throws the value away.
    let decode: @Sendable ([UInt8]) throws(WireError) -> Void

    var testDescription: String { name }

    init<Message: WireMessage & Equatable>(_ random: @escaping @Sendable (inout RandomMessages) -> Message) {
        name = Message.messageName
        encodeRandom = { try random(&$0).encoded() }
        survives = {
            let message = random(&$0)
            return try Message(decoding: message.encoded()) == message
        }
        decode = { bytes throws(WireError) in _ = try Message(decoding: bytes) }
    }

    static let all = [
        AnyMessage { $0.parseBatch() }, AnyMessage { $0.parsedBatch() }, AnyMessage { $0.embedBatch() },
        AnyMessage { $0.embeddedBatch() }, AnyMessage { $0.attributeBatch() }, AnyMessage { $0.attributedBatch() },
        AnyMessage { $0.classifyBatch() }, AnyMessage { $0.classifiedBatch() },
        AnyMessage { $0.explainBatch() }, AnyMessage { $0.explainedBatch() },
        AnyMessage { $0.analyzeBatch() }, AnyMessage { $0.analyzedBatch() },
        AnyMessage { $0.templateQuery() }, AnyMessage { $0.templatePage() }, AnyMessage { $0.templateSummary() },
        AnyMessage { PinTemplate(id: $0.templateID(), isPinned: $0.number(0...1) == 0) },
        AnyMessage { random in RenameTemplate(id: random.templateID(), name: random.optional { $0.text() }) },
        AnyMessage { DeleteTemplate(id: $0.templateID()) },
        AnyMessage { random in
            SyncRequest(tree: random.optional { $0.name() }, position: UInt64(random.number(0...1 << 60)))
        },
        AnyMessage { $0.syncResponse() }, AnyMessage { ImportTemplates(records: $0.syncResponse().records) },
        AnyMessage { ImportedTemplates(count: $0.number(0...1 << 31)) },
        AnyMessage { _ in InfoRequest() }, AnyMessage { $0.tierInfo() },
        AnyMessage { HealthCheckRequest(service: $0.name()) }, AnyMessage { $0.health() },
        AnyMessage { $0.reflectionRequest() }, AnyMessage { $0.reflectionResponse() },
    ]
}
