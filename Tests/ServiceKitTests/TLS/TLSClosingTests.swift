import NIOCore
import ServiceKit
import Synchronization
import Testing

@Suite("The end of a TLS connection")
struct TLSClosingTests {
    @Test("close sends all that was flushed, then close_notify")
    func closeFlushes() async throws {
        let loopback = try await Loopback.connected()
        let message = ByteBuffer.pattern(count: 8 << 20)
        let sent = loopback.client.start(message)
        try await loopback.client.channel.close()
        try await sent.get()
        #expect(try await eventually { loopback.server.log.isInactive })
        #expect(loopback.server.log.received == message)
        #expect(loopback.errors.isEmpty)
        await #expect(throws: ChannelError.ioOnClosedChannel) {
            try await loopback.client.channel.writeAndFlush(ByteBuffer(string: "late"))
        }
        try await loopback.close()
    }

    @Test("what was written and not flushed fails at close")
    func unflushedFails() async throws {
        let loopback = try await Loopback.connected()
        let unflushed = loopback.client.start(ByteBuffer(string: "unflushed"), flush: false)
        try await loopback.client.channel.close()
        await #expect(throws: ChannelError.ioOnClosedChannel) { try await unflushed.get() }
        try await loopback.close()
    }

    @Test("a half-closed connection still carries data the other way")
    func halfClosure() async throws {
        let loopback = try await Loopback.connected(
            server: { try .tls($0, .server, allowsHalfClosure: true) },
            client: { try .tls($0, .client, allowsHalfClosure: true) })
        try await loopback.client.send("the last question")
        try await loopback.client.channel.close(mode: .output)
        await #expect(throws: ChannelError.outputClosed) { try await loopback.client.send("one more") }
        #expect(try await eventually { loopback.server.log.isInputClosed })
        #expect(loopback.server.log.received == ByteBuffer(string: "the last question"))
        let answer = ByteBuffer.pattern(count: 1 << 20)
        try await loopback.server.channel.writeAndFlush(answer)
        #expect(try await eventually { loopback.client.log.received == answer })
        try await loopback.server.channel.close()
        #expect(try await eventually { loopback.client.log.isInactive && loopback.server.log.isInactive })
        #expect(loopback.errors.isEmpty)
        try await loopback.close()
    }

    @Test("output closed before the end of the handshake closes after what was written")
    func earlyHalfClosure() async throws {
        let authority = try TestAuthority()
        let configuration = try authority.configuration(authority.issue("both"))
        let loopback = try await Loopback.connect(
            server: .tls(configuration, .server, allowsHalfClosure: true),
            client: .tls(configuration, .client, allowsHalfClosure: true))
        loopback.client.channel.writeAndFlush(ByteBuffer(string: "all I say"), promise: nil)
        try await loopback.client.channel.close(mode: .output)
        #expect(try await eventually { loopback.server.log.isInputClosed })
        #expect(loopback.server.log.received == ByteBuffer(string: "all I say"))
        try await loopback.close()
    }

    @Test("a connection cut in the midst of a record is a truncation, and the part is not delivered")
    func cutInRecord() async throws {
        let isCutting = Atomic(false)
        let loopback = try await Loopback.connected(client: {
            try .tls($0, .client, onWire: { _ in isCutting.load(ordering: .relaxed) ? .cut(100) : .pass })
        })
        try await loopback.client.send("whole")
        #expect(try await eventually { loopback.server.log.received == ByteBuffer(string: "whole") })
        isCutting.store(true, ordering: .relaxed)
        loopback.client.channel.writeAndFlush(ByteBuffer.pattern(count: 1000), promise: nil)
        #expect(try await eventually { loopback.server.log.isInactive })
        #expect(loopback.server.log.errors == [.truncated(midRecord: true)])
        #expect(loopback.server.log.received == ByteBuffer(string: "whole"))
        try await loopback.close()
    }

    @Test(
        "a connection that ends without close_notify is a truncation, with half-closure too", arguments: [5, 0],
        [false, true])
    func missingCloseNotify(bytesOfNextRecord: Int, allowsHalfClosure: Bool) async throws {
        let isCutting = Atomic(false)
        let loopback = try await Loopback.connected(
            server: { try .tls($0, .server, allowsHalfClosure: allowsHalfClosure) },
            client: {
                try .tls(
                    $0, .client,
                    onWire: { _ in isCutting.load(ordering: .relaxed) ? .cut(bytesOfNextRecord) : .pass })
            })
        isCutting.store(true, ordering: .relaxed)
        loopback.client.channel.writeAndFlush(ByteBuffer.pattern(count: 1000), promise: nil)
        #expect(try await eventually { loopback.server.log.isInactive })
        #expect(loopback.server.log.errors == [.truncated(midRecord: bytesOfNextRecord > 0)])
        try await loopback.close()
    }

    @Test("a record changed on its way ends the connection and is not delivered")
    func tampering() async throws {
        let isTampering = Atomic(false)
        let loopback = try await Loopback.connected(client: {
            try .tls(
                $0, .client,
                onWire: { buffer in
                    guard isTampering.load(ordering: .relaxed) else { return .pass }
                    var changed = buffer
                    changed.setInteger(
                        buffer.getInteger(at: buffer.readerIndex + 9, as: UInt8.self)! ^ 1, at: buffer.readerIndex + 9)
                    return .replace(changed)
                })
        })
        isTampering.store(true, ordering: .relaxed)
        loopback.client.channel.writeAndFlush(ByteBuffer(string: "pay 10 to A"), promise: nil)
        #expect(try await eventually { loopback.server.log.isInactive && loopback.client.log.isInactive })
        guard case .protocolViolation = loopback.server.log.errors.first else {
            Issue.record("errors are \(loopback.server.log.errors)")
            return
        }
        #expect(loopback.client.log.errors == [.alertReceived("bad record mac")])
        #expect(loopback.server.log.receivedBytes == 0)
        try await loopback.close()
    }

    @Test("plain bytes after the handshake end the connection")
    func garbageAfterHandshake() async throws {
        let isTampering = Atomic(false)
        let loopback = try await Loopback.connected(client: {
            try .tls(
                $0, .client,
                onWire: { _ in
                    isTampering.load(ordering: .relaxed)
                        ? .replace(ByteBuffer(repeating: UInt8(ascii: "x"), count: 4096)) : .pass
                })
        })
        isTampering.store(true, ordering: .relaxed)
        loopback.client.channel.writeAndFlush(ByteBuffer(string: "hello"), promise: nil)
        #expect(try await eventually { loopback.server.log.isInactive })
        #expect(loopback.server.log.errors.count == 1)
        #expect(loopback.server.log.receivedBytes == 0)
        try await loopback.close()
    }

    @Test("a peer that keeps sending after close is cut off after a bounded number of bytes")
    func dataAfterClose() async throws {
        var limits = TLSHandler.Limits()
        limits.closeTimeout = .seconds(60)
        limits.bytesAfterClose = 256 << 10
        let loopback = try await Loopback.connected(
            server: { [limits] in try .tls($0, .server, limits: limits) },
            client: { try .tls($0, .client, allowsHalfClosure: true) })
        loopback.server.channel.close(promise: nil)
        #expect(try await eventually { loopback.client.log.isInputClosed })
        loopback.client.channel.writeAndFlush(ByteBuffer.pattern(count: 32 << 20), promise: nil)
        #expect(try await eventually { loopback.server.log.isInactive })
        #expect(loopback.server.log.receivedBytes == 0)
        try await loopback.close()
    }

    @Test("a peer that never ends its side is waited for no longer than the close timeout", arguments: [true, false])
    func closeTimeout(reads: Bool) async throws {
        var limits = TLSHandler.Limits()
        limits.closeTimeout = .milliseconds(200)
        let loopback = try await Loopback.connected(
            server: { [limits] in try .tls($0, .server, limits: limits) },
            client: { try .tls($0, .client, allowsHalfClosure: true, autoRead: reads) })
        // More than the sockets take: with a peer that does not read not even close_notify leaves.
        let unsent = loopback.server.start(ByteBuffer.pattern(count: reads ? 10 : 32 << 20))
        try await loopback.server.channel.close()
        #expect(try await eventually { loopback.server.log.isInactive })
        if !reads { await #expect(throws: (any Error).self) { try await unsent.get() } }
        try await loopback.close()
    }

    @Test("closing during the handshake closes at once and fails what is held")
    func closeInHandshake() async throws {
        let authority = try TestAuthority()
        let configuration = try authority.configuration(authority.issue("client"))
        let loopback = try await Loopback.connect(server: .plain, client: .tls(configuration, .client))
        let held = loopback.client.start(ByteBuffer(string: "held"))
        try await loopback.client.channel.close()
        await #expect(throws: ChannelError.ioOnClosedChannel) { try await held.get() }
        #expect(loopback.client.log.errors.isEmpty)
        try await loopback.close()
    }
}
