internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import ServiceKit

/// HTTP/1.1 over our TLS: each connection takes the credentials that are current when it begins.
struct TLSChildChannel: HTTPChannelHandler {
    let base: HTTP1Channel
    let credentials: TLSCredentials

    var responder: Responder { base.responder }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        channel.eventLoop.makeCompletedFuture {
            let errors = TLSErrorLogger(logger: logger, message: "refused a connection")
            try channel.pipeline.syncOperations.addHandlers([TLSHandler(accepting: credentials.current), errors])
        }.flatMap { base.setup(channel: channel, logger: logger) }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
