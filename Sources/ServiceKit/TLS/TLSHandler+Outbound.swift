public import NIOCore

extension TLSHandler {
    public func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard state.acceptsWrites else {
            promise?.fail(state.isOpen || state.isHandshaking ? ChannelError.outputClosed : .ioOnClosedChannel)
            return
        }
        let buffer = unwrapOutboundIn(data)
        if !state.encryptsOutput, plaintext.byteCount + buffer.readableBytes > limits.heldBytes {
            let error = TLSError.tooMuchHeld(
                bytes: plaintext.byteCount + buffer.readableBytes, limit: limits.heldBytes)
            promise?.fail(error)
            return fail(context, error)
        }
        plaintext.append(buffer, promise: promise)
    }

    public func flush(context: ChannelHandlerContext) {
        plaintext.markFlush()
        pump(context)
    }

    public func channelWritabilityChanged(context: ChannelHandlerContext) {
        guard context.channel.isWritable else { return context.fireChannelWritabilityChanged() }
        owesWritability = true
        pump(context)
    }

    public func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch mode {
        case .all: end(context, promise: promise)
        case .output: closeOutput(context, promise: promise)
        case .input: context.close(mode: .input, promise: promise)
        }
    }

    func end(_ context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        closePromise.setOrCascade(to: promise)
        switch state.close() {
        case .closeTransport, .alreadyClosed:
            plaintext.failAll(ChannelError.ioOnClosedChannel)
            closeTransport(context)
        case .finish:
            startCloseTimeout(context)
            plaintext.failUnflushed(ChannelError.ioOnClosedChannel)
            pump(context)
            context.read()
        case .join: break
        }
    }

    private func closeOutput(_ context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        switch state.closeOutput() {
        case .follows:
            closeOutputPromise = promise
            plaintext.failUnflushed(ChannelError.outputClosed)
            pump(context)
        case .close:
            end(context, promise: promise)
        case .alreadyClosed:
            promise?.fail(ChannelError.outputClosed)
        }
    }

    /// Moves everything that can leave now to the transport: the only place where ciphertext is written.
    ///
    /// What the transport and the next handlers do in answer (writability, writes, flushes, closes) may call this
    /// again; such a call returns at once and its cause is seen by the next turn of the loop, so order is kept.
    func pump(_ context: ChannelHandlerContext) {
        guard !isPumping else { return }
        isPumping = true
        while true {
            var finished: [EventLoopPromise<Void>] = []
            encryptBatch(context, finished: &finished)
            sendCloseNotify()
            let chunks = connection.takeOutgoing()
            guard !chunks.isEmpty || !finished.isEmpty else { break }
            transmit(context, chunks, finished: finished)
        }
        isPumping = false
        settle(context)
    }

    private func encryptBatch(_ context: ChannelHandlerContext, finished: inout [EventLoopPromise<Void>]) {
        guard state.encryptsOutput, plaintext.hasFlushed, context.channel.isWritable else { return }
        do {
            try plaintext.encrypt(upTo: limits.batchBytes, finished: &finished) { bytes throws(TLSError) in
                try connection.write(bytes)
            }
        } catch {
            for promise in finished { promise.fail(error) }
            finished = []
            fail(context, error)
        }
    }

    private func sendCloseNotify() {
        guard state.owesCloseNotify, !plaintext.hasFlushed else { return }
        connection.closeOutput()
        state.closeNotifySent()
    }

    private func transmit(
        _ context: ChannelHandlerContext, _ chunks: [ByteBuffer], finished: [EventLoopPromise<Void>]
    ) {
        guard let last = chunks.last else {
            for promise in finished { promise.succeed(()) }  // empty writes
            return
        }
        for chunk in chunks.dropLast() { context.write(wrapOutboundOut(chunk), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(last), promise: promise(context, for: finished))
    }

    /// The promise of the last chunk of a batch, which fulfils those of the batch's writes.
    private func promise(
        _ context: ChannelHandlerContext, for finished: [EventLoopPromise<Void>]
    ) -> EventLoopPromise<Void>? {
        let isFinal = state.isOutputClosed
        if !isFinal, finished.count < 2 { return finished.first }
        if isFinal {
            finalWrites += 1
            saidLastWord = true
        }
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { result in
            for promise in finished { promise.completeWith(result) }
            if isFinal {
                self.finalWrites -= 1
                self.settle(context)
            }
        }
        return written
    }

    /// Does what had to wait until the bytes were handed over, or had left.
    private func settle(_ context: ChannelHandlerContext) {
        if owesWritability, context.channel.isWritable, !plaintext.hasFlushed {
            owesWritability = false
            context.fireChannelWritabilityChanged()
        }
        guard state.isOutputClosed, finalWrites == 0, !isPumping else { return }
        if state.isDone || (state.isEnding && !saidLastWord) { return closeTransport(context) }
        guard !closedTransportOutput else { return }
        closedTransportOutput = true
        closeTransportOutput(context)
    }

    /// Shuts the sending side of the TCP connection down, behind close_notify or an alert.
    private func closeTransportOutput(_ context: ChannelHandlerContext) {
        let closed = context.eventLoop.makePromise(of: Void.self)
        let owner = closeOutputPromise
        closeOutputPromise = nil
        closed.futureResult.assumeIsolated().whenComplete { result in
            owner?.completeWith(result)
            if case .failure = result, self.state.isEnding { self.closeTransport(context) }
        }
        context.close(mode: .output, promise: closed)
    }
}
