internal import HTTPTypes
internal import JSONText
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1

/// Answers what is no HTTP with a problem, and closes a connection whose answer says that it is the last, or that still
/// sends a body after its answer, which nobody reads.
///
/// The connection is closed a moment after the answer, not at once: what the caller still sends would make its system
/// throw the answer away.
final class ConnectionEnd: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private static let lingering = TimeAmount.seconds(1)
    /// How long what is left of a body may come after the answer.
    private static let draining = TimeAmount.seconds(5)

    private let hangUps: HangUps
    private let maxHeaderBytes: Int
    private let logger: Logger
    /// The requests that have begun and whose answers have not ended.
    private var unanswered = 0
    /// True between the head of a request and its end.
    private var isReading = false
    /// Ends a connection whose body goes on after its answer.
    private var drain: Scheduled<Void>?
    /// True between the head of an answer and its end.
    private var isAnswering = false
    /// True once an answer has said that it is the last.
    private var isLast = false
    /// True once nothing but the end of the connection is to come.
    private var isOver = false

    init(hangUps: HangUps, maxHeaderBytes: Int, logger: Logger) {
        self.hangUps = hangUps
        self.maxHeaderBytes = maxHeaderBytes
        self.logger = logger
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            unanswered += 1
            isReading = true
        case .body: break
        case .end:
            isReading = false
            if !isOver { drain?.cancel() }
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isOver else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(let head):
            isAnswering = true
            isLast = head.headerFields[.connection] == "close"
        case .body: break
        case .end:
            unanswered -= 1
            isAnswering = false
            if isLast { end(context) } else if isReading, unanswered == 0 { close(context, in: Self.draining) }
        }
        context.write(data, promise: promise)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Where answers to earlier requests are still to come, the server gives them and then closes the connection.
        guard let problem = problem(error), !isOver, !isAnswering, unanswered == (isReading ? 1 : 0) else {
            context.fireErrorCaught(error)
            return
        }
        logger.info("refused what is no HTTP", metadata: ["code": "\(problem.code.rawValue)"])
        hangUps.hungUp(context.channel)
        var json = JSONWriter()
        problem.write(to: &json, isDocumentedPath: false)
        let head = HTTPResponse(
            status: problem.code.status,
            headerFields: [
                .contentType: "application/problem+json", .contentLength: String(json.bytes.count),
                .connection: "close",
            ])
        end(context)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(ByteBuffer(bytes: json.bytes))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    private func problem(_ error: any Error) -> Problem? {
        switch error {
        case HTTPParserError.headerOverflow:
            Problem(
                .headersTooLarge,
                "the request's headers have more than \(maxHeaderBytes) bytes, or too many fields; send fewer")
        case let error as HTTPParserError:
            Problem(.malformedHTTP, "the request is no HTTP/1.1: \(error.debugDescription)")
        case is HTTP1TypeConversionError:
            Problem(.malformedHTTP, "the request is no HTTP/1.1: its first line cannot be read")
        default: nil
        }
    }

    private func end(_ context: ChannelHandlerContext) {
        isOver = true
        close(context, in: Self.lingering)
    }

    private func close(_ context: ChannelHandlerContext, in time: TimeAmount) {
        drain = context.eventLoop.assumeIsolated().scheduleTask(in: time) { context.close(promise: nil) }
    }
}

// Confined to the event loop of its channel.
@available(*, unavailable)
extension ConnectionEnd: Sendable {}
