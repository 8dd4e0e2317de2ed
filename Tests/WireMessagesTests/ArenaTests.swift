import CTocsinProto
import Testing

@testable import WireMessages

@Suite("an arena")
struct ArenaTests {
    @Test("gives aligned memory that no other piece shares")
    func pieces() {
        let arena = Arena()
        var random = RandomMessages(seed: 6)
        var pieces: [UnsafeMutableBufferPointer<UInt8>] = []
        for index in 0..<2_000 {
            let count = random.number(0...1) == 0 ? random.number(0...64) : random.number(0...5_000)
            let piece = arena.allocate(UInt8.self, count: count)
            #expect(Int(bitPattern: piece).isMultiple(of: 16))
            piece.initialize(repeating: UInt8(truncatingIfNeeded: index), count: count)
            pieces.append(UnsafeMutableBufferPointer(start: piece, count: count))
        }
        for (index, piece) in pieces.enumerated() {
            #expect(piece.allSatisfy { $0 == UInt8(truncatingIfNeeded: index) })
        }
        withExtendedLifetime(arena) {}
    }

    @Test("refuses C more than its limit, and every size that would overflow")
    func limit() {
        let arena = Arena(limit: 1_000)
        #expect(allocate(900, from: arena) != nil)
        let isExhaustedEarly = arena.isExhausted
        #expect(!isExhaustedEarly)
        #expect(allocate(200, from: arena) == nil)
        #expect(allocate(.max, from: arena) == nil)
        let isExhausted = arena.isExhausted
        #expect(isExhausted)
    }

    /// As protobuf-c does it.
    private func allocate(_ size: Int, from arena: borrowing Arena) -> UnsafeMutableRawPointer? {
        arena.allocator.pointee.alloc(arena.allocator.pointee.allocator_data, size)
    }
}
