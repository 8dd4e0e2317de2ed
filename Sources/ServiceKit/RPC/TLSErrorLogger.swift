import Logging
import NIOCore

/// Logs why TLS ended a connection: gRPC closes such a connection without a word.
final class TLSErrorLogger: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let logger: Logger
    private let message: String

    init(logger: Logger, message: String) {
        self.logger = logger
        self.message = message
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? TLSError {
            let peer = context.channel.remoteAddress.map { "\($0)" } ?? "unknown"
            logger.notice("\(message)", error: error, metadata: ["peer": "\(peer)"])
        }
        context.fireErrorCaught(error)
    }
}
