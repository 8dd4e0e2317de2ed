import NIOCore
import NIOPosix
import Testing

@testable import ServiceKit

@Suite("Plaintext waiting for encryption")
struct PlaintextQueueTests {
    private let loop = MultiThreadedEventLoopGroup.singleton.any()
    private static let record = TLSConnection.recordSize

    /// Encrypts up to `limit` bytes; the pieces as they were handed over.
    private func drain(
        _ queue: inout PlaintextQueue, upTo limit: Int, finished: inout [EventLoopPromise<Void>]
    ) throws -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        try queue.encrypt(upTo: limit, finished: &finished) { bytes throws(TLSError) in pieces.append(Array(bytes)) }
        return pieces
    }

    @Test(
        "small writes share a record, order is kept",
        arguments: [
            [9, 16_384, 9, 16_384], [1, 1, 1], [16_384], [16_383, 2], [100_000, 9, 40_000], [0, 5, 0],
            Array(repeating: 700, count: 100),
        ])
    func coalescing(sizes: [Int]) throws {
        var queue = PlaintextQueue()
        var all: [UInt8] = []
        for (index, size) in sizes.enumerated() {
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ index) }
            all += bytes
            queue.append(ByteBuffer(bytes: bytes), promise: nil)
        }
        #expect(queue.byteCount == all.count)
        #expect(!queue.hasFlushed)
        queue.markFlush()
        var finished: [EventLoopPromise<Void>] = []
        let pieces = try drain(&queue, upTo: .max, finished: &finished)
        #expect(pieces.flatMap { $0 } == all)
        #expect(pieces.dropLast().allSatisfy { $0.count % Self.record == 0 }, "every record but the last is full")
        #expect(queue.byteCount == 0 && !queue.hasFlushed)
    }

    @Test("a batch stops near its limit and promises come with the last byte of their write")
    func batches() throws {
        var queue = PlaintextQueue()
        let promises = (0..<3).map { _ in loop.makePromise(of: Void.self) }
        for promise in promises {
            queue.append(ByteBuffer(repeating: 1, count: 100_000), promise: promise)
        }
        queue.markFlush()
        var total = 0
        var turns = 0
        var done = 0
        while queue.hasFlushed {
            var finished: [EventLoopPromise<Void>] = []
            let count = try drain(&queue, upTo: 65_536, finished: &finished).reduce(0) { $0 + $1.count }
            #expect(count <= 65_536 + Self.record)
            total += count
            turns += 1
            done += finished.count
            #expect(done == total / 100_000)
            for promise in finished { promise.succeed(()) }
        }
        #expect(total == 300_000 && done == 3)
        #expect(turns >= 4)
    }

    @Test("what was not flushed stays, and fails alone")
    func unflushed() throws {
        var queue = PlaintextQueue()
        let flushed = loop.makePromise(of: Void.self)
        let unflushed = loop.makePromise(of: Void.self)
        queue.append(ByteBuffer(string: "flushed"), promise: flushed)
        queue.markFlush()
        queue.append(ByteBuffer(string: "unflushed"), promise: unflushed)
        queue.failUnflushed(ChannelError.ioOnClosedChannel)
        #expect(throws: ChannelError.ioOnClosedChannel) { try unflushed.futureResult.wait() }
        #expect(queue.byteCount == 7 && queue.hasFlushed)
        var finished: [EventLoopPromise<Void>] = []
        let pieces = try drain(&queue, upTo: .max, finished: &finished)
        #expect(pieces == [Array("flushed".utf8)])
        #expect(finished.count == 1)
        flushed.succeed(())
    }

    @Test("a failed encryption leaves every promise to be failed")
    func failure() throws {
        var queue = PlaintextQueue()
        let promise = loop.makePromise(of: Void.self)
        queue.append(ByteBuffer(repeating: 0, count: 50_000), promise: promise)
        queue.markFlush()
        var finished: [EventLoopPromise<Void>] = []
        #expect(throws: TLSError.closedInHandshake) {
            try queue.encrypt(upTo: .max, finished: &finished) { _ throws(TLSError) in throw .closedInHandshake }
        }
        #expect(finished.isEmpty)
        queue.failAll(TLSError.closedInHandshake)
        #expect(throws: TLSError.closedInHandshake) { try promise.futureResult.wait() }
        #expect(queue.byteCount == 0 && !queue.hasFlushed)
    }
}
