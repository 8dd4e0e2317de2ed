import NIOCore
import ServiceKit
import Testing

@Suite("TLS handler over loopback sockets")
struct TLSHandlerTests {
    @Test("both ends authenticate each other and exchange data")
    func exchange() async throws {
        let authority = try TestAuthority()
        let server = try authority.configuration(authority.issue("server"))
        let client = try authority.configuration(
            authority.issue("edge", subjectAlternativeName: "DNS:edge,IP:10.0.0.7,IP:fd00::7,URI:spiffe://tocsin/edge"))
        let loopback = try await Loopback.connect(server: .tls(server, .server), client: .tls(client, .client))
        try #require(try await loopback.handshake())
        #expect(
            loopback.server.identity
                == PeerIdentity(
                    subject: "CN=edge,O=Tocsin tests", dnsNames: ["edge"], ipAddresses: ["10.0.0.7", "fd00::7"],
                    uris: ["spiffe://tocsin/edge"], applicationProtocol: "h2", tlsVersion: "TLSv1.3",
                    cipher: "TLS_AES_128_GCM_SHA256"))
        #expect(loopback.client.identity?.subject == "CN=server,O=Tocsin tests")

        try await loopback.client.send("question")
        #expect(try await eventually { loopback.server.log.received == ByteBuffer(string: "question") })
        try await loopback.server.send("answer")
        #expect(try await eventually { loopback.client.log.received == ByteBuffer(string: "answer") })

        try await loopback.client.channel.close()
        #expect(try await eventually { loopback.server.log.isInactive && loopback.client.log.isInactive })
        #expect(loopback.errors.isEmpty)
        try await loopback.close()
    }

    @Test("a message of 32 MiB arrives whole and in order, both ways", arguments: [1, 7, 3 << 20])
    func largeMessage(pieceSize: Int) async throws {
        let loopback = try await Loopback.connected()
        let message = ByteBuffer.pattern(count: 32 << 20)
        for (sender, receiver) in [(loopback.client, loopback.server), (loopback.server, loopback.client)] {
            var rest = message
            // Pieces of odd sizes first, then the whole rest in one write.
            for _ in 0..<3 { sender.channel.write(rest.readSlice(length: pieceSize)!, promise: nil) }
            try await sender.channel.writeAndFlush(rest)
            #expect(try await eventually(within: 30) { receiver.log.receivedBytes == message.readableBytes })
            #expect(receiver.log.received == message)
        }
        try await loopback.close()
    }

    @Test("channelActive comes before the handshake, and what is written before its end arrives after it")
    func earlyWrites() async throws {
        let authority = try TestAuthority()
        let configuration = try authority.configuration(authority.issue("both"))
        let loopback = try await Loopback.connect(
            server: .tls(configuration, .server), client: .tls(configuration, .client))
        let pieces = ByteBuffer.pattern(count: 100_000)
        try await loopback.client.channel.writeAndFlush(pieces)
        #expect(try await eventually { loopback.server.log.received == pieces })
        guard case .active = loopback.client.log.events.first else {
            Issue.record("first event is \(loopback.client.log.events.first as Any)")
            return
        }
        try await loopback.close()
    }

    @Test("more than the limit written before the end of the handshake is refused")
    func tooMuchHeld() async throws {
        let authority = try TestAuthority()
        var limits = TLSHandler.Limits()
        limits.heldBytes = 1000
        let loopback = try await Loopback.connect(
            server: .plain, client: .tls(authority.configuration(authority.issue("client")), .client, limits: limits))
        loopback.client.channel.write(ByteBuffer.pattern(count: 600), promise: nil)
        await #expect(throws: TLSError.tooMuchHeld(bytes: 1200, limit: 1000)) {
            try await loopback.client.channel.writeAndFlush(ByteBuffer.pattern(count: 600))
        }
        #expect(try await eventually { loopback.client.log.isInactive })
        try await loopback.close()
    }

    @Test("writes and flushes from within writability events keep the order of the stream")
    func reentrantWritability() async throws {
        let count = 2_000
        let loopback = try await Loopback.connected(client: {
            try .tls($0, .client, extra: { ReentrantWriter(blocks: count) })
        })
        // A small watermark makes every flush change the writability, up and down, in its midst.
        try await loopback.client.channel.setOption(
            .writeBufferWaterMark, value: .init(low: 512, high: 1024)
        ).get()
        try await loopback.client.channel.writeAndFlush(ReentrantWriter.block(0))
        let total = count * ReentrantWriter.blockSize
        #expect(try await eventually(within: 20) { loopback.server.log.receivedBytes >= total })
        var received = loopback.server.log.received
        for index in 0..<count {
            let block = received.readSlice(length: ReentrantWriter.blockSize)
            #expect(block == ReentrantWriter.block(index))
            guard block == ReentrantWriter.block(index) else { break }
        }
        #expect(received.readableBytes == 0)
        try await loopback.close()
    }

    @Test("a peer that does not read makes the channel unwritable and bounds the ciphertext in memory")
    func backPressure() async throws {
        let loopback = try await Loopback.connected(server: { try .tls($0, .server, autoRead: false) })
        let channel = loopback.client.channel
        let message = ByteBuffer.pattern(count: 32 << 20)
        let sent = loopback.client.start(message)
        #expect(try await eventually { !channel.isWritable })
        let buffered = try await channel.getOption(.bufferedWritableBytes).get()
        #expect(buffered <= TLSHandler.Limits().batchBytes + 200_000)
        try await loopback.server.channel.setOption(.autoRead, value: true).get()
        try await sent.get()
        #expect(try await eventually(within: 20) { loopback.server.log.received == message })
        #expect(try await eventually { channel.isWritable })
        try await loopback.close()
    }
}

extension ByteBuffer {
    /// Bytes in which every 64 KiB differ from all others.
    static func pattern(count: Int) -> ByteBuffer {
        ByteBuffer(bytes: (0..<count).lazy.map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) })
    }
}

/// Answers every writability event with one more numbered block, written and flushed at once.
private final class ReentrantWriter: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    static let blockSize = 3_001
    private let blocks: Int
    private var next = 1

    init(blocks: Int) {
        self.blocks = blocks
    }

    static func block(_ index: Int) -> ByteBuffer {
        var buffer = ByteBuffer(repeating: UInt8(truncatingIfNeeded: index), count: blockSize)
        buffer.setInteger(index, at: 0)
        return buffer
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if next < blocks {
            next += 1
            context.writeAndFlush(wrapOutboundOut(Self.block(next - 1)), promise: nil)
        }
        context.fireChannelWritabilityChanged()
    }
}
