import NIOCore

/// Sits between TLS and the socket and damages what is sent.
final class WireHandler: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    enum Action: Sendable {
        case pass
        /// Send these bytes in place of the write.
        case replace(ByteBuffer)
        /// Send the first bytes of the write, then close the TCP connection without a word.
        case cut(Int)
    }

    /// Takes each write of ciphertext from its start.
    typealias Decide = @Sendable (ByteBuffer) -> Action

    private let decide: Decide

    init(_ decide: @escaping Decide) {
        self.decide = decide
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let buffer = unwrapOutboundIn(data)
        switch decide(buffer) {
        case .pass:
            context.write(data, promise: promise)
        case .replace(let other):
            context.write(wrapOutboundOut(other), promise: promise)
        case .cut(let count):
            let context = NIOLoopBound(context, eventLoop: context.eventLoop)
            let cut = wrapOutboundOut(buffer.getSlice(at: buffer.readerIndex, length: count)!)
            context.value.writeAndFlush(cut).whenComplete { _ in context.value.close(promise: nil) }
        }
    }
}

extension ByteBuffer {
    /// Whether a TLS record of application data begins here (encrypted handshake messages look the same).
    var isEncryptedRecord: Bool { getInteger(at: readerIndex, as: UInt8.self) == 23 }
}
