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
        // Nothing came of what the next handler asked for, or it is no longer asked: read on our own account.
        if state.isHandshaking || state.isEnding || !delivered { context.read() }
        delivered = false
        context.fireChannelReadComplete()
    }

    private func decrypt(_ context: ChannelHandlerContext, ciphertextBytes: Int) {
        guard state.readsInput else { return }
        var buffer = context.channel.allocator.buffer(capacity: ciphertextBytes)
        let result = Result { () throws(TLSError) in try connection.read(into: &buffer) }
        if buffer.readableBytes > 0, state.deliversInput {
            delivered = true
            context.fireChannelRead(wrapInboundOut(buffer))
        }
        switch result {
        case .success(.needsInput): break
        case .success(.closedByPeer): peerClosed(context)
        case .failure(let error): fail(context, error)
        }
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
        if state.isEnding { return closeTransport(context) }
        if let error = missingEnd() { fail(context, error) }
    }

    public func channelInactive(context: ChannelHandlerContext) {
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
