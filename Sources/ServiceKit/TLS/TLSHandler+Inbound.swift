public import NIOCore

extension TLSHandler {
    public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let ciphertext = unwrapInboundIn(data)
        let count = ciphertext.readableBytes
        if state.isEnding {
            bytesAfterClose += count
            if bytesAfterClose > limits.bytesAfterClose { return closeTransport(context) }
        }
        connection.receive(ciphertext)
        if state.isHandshaking { handshake(context) }
        if !state.isHandshaking { decrypt(context, ciphertextBytes: count) }
        pump(context)
    }

    public func channelReadComplete(context: ChannelHandlerContext) {
        deliver(context)
        // Nothing came of what the next handler asked for, or it is no longer asked: read on our own account.
        if state.isHandshaking || state.isEnding || !delivered { context.read() }
        delivered = false
        context.fireChannelReadComplete()
    }

    /// Decrypts what came; it is delivered at the end of the read cycle, since the next handlers work per delivery.
    private func decrypt(_ context: ChannelHandlerContext, ciphertextBytes: Int) {
        guard state.readsInput else { return }
        // The memory of the last cycle is used again if nobody holds it any more; else this allocates.
        if readBuffer.readableBytes == 0 { readBuffer.clear(minimumCapacity: ciphertextBytes) }
        readBuffer.reserveCapacity(minimumWritableBytes: ciphertextBytes)
        let result = Result { () throws(TLSError) in try connection.read(into: &readBuffer) }
        switch result {
        case .success(.needsInput):
            if readBuffer.readableBytes >= limits.batchBytes { deliver(context) }
        case .success(.closedByPeer):
            deliver(context)
            peerClosed(context)
        case .failure(let error):
            deliver(context)
            fail(context, error)
        }
    }

    private func deliver(_ context: ChannelHandlerContext) {
        guard readBuffer.readableBytes > 0 else { return }
        let plaintext = readBuffer
        readBuffer.moveReaderIndex(to: readBuffer.writerIndex)
        guard state.deliversInput else { return }
        delivered = true
        context.fireChannelRead(wrapInboundOut(plaintext))
    }

    private func peerClosed(_ context: ChannelHandlerContext) {
        switch state.receivedCloseNotify(allowsHalfClosure: allowsHalfClosure(context)) {
        case .ignore: break
        case .signalInputClosed: context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        case .close: end(context, promise: nil)
        }
    }

    private func allowsHalfClosure(_ context: ChannelHandlerContext) -> Bool {
        (try? context.channel.syncOptions?.getOption(.allowRemoteHalfClosure)) ?? false
    }

    public func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event as? ChannelEvent {
        case .inputClosed: inputClosed(context)
        case .outputClosed where state.isEnding: break  // our own doing; the owner asked for the whole close
        case .outputClosed, nil: context.fireUserInboundEventTriggered(event)
        }
    }

    /// The peer ended its side of the TCP connection, on a channel that stays open then.
    private func inputClosed(_ context: ChannelHandlerContext) {
        deliver(context)
        if state.isEnding { return closeTransport(context) }
        if let error = missingEnd() { fail(context, error) }
    }

    public func channelInactive(context: ChannelHandlerContext) {
        deliver(context)
        let error = missingEnd()
        _ = state.transportClosed()
        release(context, error: error ?? ChannelError.ioOnClosedChannel)
        if let error { context.fireErrorCaught(error) }
        context.fireChannelInactive()
    }

    /// What to say of a connection that ends as it is now.
    private func missingEnd() -> TLSError? {
        if state.isHandshaking { return .closedInHandshake }
        return state.deliversInput ? .truncated(midRecord: connection.isMidRecord) : nil
    }
}
