public import Logging
public import NIOCore

/// Logs why TLS ended a connection: gRPC and HTTP close such a connection without a word.
public final class TLSErrorLogger: ChannelInboundHandler {
    public typealias InboundIn = ByteBuffer
    public typealias InboundOut = ByteBuffer

    private let logger: Logger
    private let message: String

    public init(logger: Logger, message: String) {
        self.logger = logger
        self.message = message
    }

    public func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? TLSError {
            let peer = context.channel.remoteAddress.map { "\($0)" } ?? "unknown"
            logger.notice("\(message)", error: error, metadata: ["peer": "\(peer)"])
        }
        context.fireErrorCaught(error)
    }
}
