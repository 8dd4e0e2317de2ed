import NIOCore
import Testing

@testable import ServiceKit

@Suite("TLS in memory")
struct TLSConnectionTests {
    /// Two ends that hand each other their ciphertext in pieces of at most `pieceSize` bytes.
    private struct Pair {
        let client: TLSConnection
        let server: TLSConnection

        init() throws {
            let authority = try TestAuthority()
            let configuration = try authority.configuration(authority.issue("both"))
            client = try TLSConnection(
                context: TLSContext(configuration: configuration, role: .client), serverName: TLSServerName("localhost")
            )
            server = try TLSConnection(
                context: TLSContext(configuration: configuration, role: .server), serverName: nil)
        }

        static func move(_ from: TLSConnection, _ to: TLSConnection, pieceSize: Int, _ step: () throws -> Void) rethrows
        {
            for chunk in from.takeOutgoing() {
                var chunk = chunk
                while let piece = chunk.readSlice(length: min(pieceSize, chunk.readableBytes)), piece.readableBytes > 0
                {
                    to.receive(piece)
                    try step()
                }
            }
        }

        func handshake(pieceSize: Int = .max) throws -> (client: PeerIdentity?, server: PeerIdentity?) {
            var identities: (client: PeerIdentity?, server: PeerIdentity?)
            func step(_ connection: TLSConnection, _ identity: inout PeerIdentity?) throws {
                if identity == nil, case .finished(let peer) = try connection.handshake() { identity = peer }
            }
            try step(client, &identities.client)
            for _ in 0..<4 {
                try Pair.move(client, server, pieceSize: pieceSize) { try step(server, &identities.server) }
                try Pair.move(server, client, pieceSize: pieceSize) { try step(client, &identities.client) }
            }
            return identities
        }
    }

    @Test("a handshake and data that come in pieces of any size are understood", arguments: [1, 2, 100, .max])
    func pieces(pieceSize: Int) throws {
        let pair = try Pair()
        let identities = try pair.handshake(pieceSize: pieceSize)
        #expect(identities.client != nil && identities.server != nil)
        let message = Array(ByteBuffer.pattern(count: 50_000).readableBytesView)
        try message.withUnsafeBytes { try pair.client.write($0) }
        var plaintext = ByteBuffer()
        try Pair.move(pair.client, pair.server, pieceSize: pieceSize) {
            _ = try pair.server.read(into: &plaintext)
        }
        #expect(Array(plaintext.readableBytesView) == message)
        #expect(!pair.server.isMidRecord)
    }

    @Test("every proper prefix of a record is seen as the midst of one")
    func midRecord() throws {
        let pair = try Pair()
        _ = try pair.handshake()
        try [UInt8](repeating: 7, count: 40).withUnsafeBytes { try pair.client.write($0) }
        var record = try #require(pair.client.takeOutgoing().first)
        var plaintext = ByteBuffer()
        while let byte = record.readSlice(length: 1) {
            pair.server.receive(byte)
            _ = try pair.server.read(into: &plaintext)
            #expect(pair.server.isMidRecord == (record.readableBytes > 0), "\(record.readableBytes) bytes to come")
        }
        #expect(plaintext.readableBytes == 40)
    }

    @Test("close_notify is told apart from the want of input")
    func closeNotify() throws {
        let pair = try Pair()
        _ = try pair.handshake()
        try Array("last".utf8).withUnsafeBytes { try pair.client.write($0) }
        pair.client.closeOutput()
        for chunk in pair.client.takeOutgoing() { pair.server.receive(chunk) }
        var plaintext = ByteBuffer()
        #expect(try pair.server.read(into: &plaintext) == .closedByPeer)
        #expect(plaintext == ByteBuffer(string: "last"))
        // The other direction is open still.
        try Array("answer".utf8).withUnsafeBytes { try pair.server.write($0) }
        for chunk in pair.server.takeOutgoing() { pair.client.receive(chunk) }
        var answer = ByteBuffer()
        #expect(try pair.client.read(into: &answer) == .needsInput)
        #expect(answer == ByteBuffer(string: "answer"))
    }

    @Test("full records leave in chunks that malloc recycles")
    func chunks() throws {
        let pair = try Pair()
        _ = try pair.handshake()
        try [UInt8](repeating: 1, count: 3 << 20).withUnsafeBytes { try pair.client.write($0) }
        let chunks = pair.client.takeOutgoing()
        #expect(chunks.allSatisfy { $0.readableBytes <= ByteBufferBIO.chunkCapacity })
        #expect(chunks.reduce(0) { $0 + $1.readableBytes } == (3 << 20) + 192 * 22)
    }
}
