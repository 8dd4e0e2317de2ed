internal import CTocsinProto

/// The memory of one C message and all its parts: taken piece by piece, given back at once.
///
/// protobuf-c allocates every string and sub-message alone; from here it takes them about twice as fast, and a
/// hostile message stops at the limit.
struct Arena: ~Copyable {
    private struct State {
        var blocks: UnsafeMutableRawPointer?  // the newest; each begins with the address of the one before
        var next: UnsafeMutableRawPointer?
        var remainingInBlock = 0
        var blockSize = 2048
        var remaining: Int
        var isExhausted = false
        var allocator = ProtobufCAllocator()
    }

    private static let alignment = 16
    private static let largestSharedBlock = 1 << 20
    private let state: UnsafeMutablePointer<State>

    /// - Parameter limit: bytes after which allocations by C fail.
    init(limit: Int = .max) {
        state = .allocate(capacity: 1)
        state.initialize(to: State(remaining: limit))
        state.pointee.allocator = ProtobufCAllocator(
            alloc: { Arena.allocate(size: $1, from: $0!.assumingMemoryBound(to: State.self)) },
            free: { _, _ in },
            allocator_data: UnsafeMutableRawPointer(state))
    }

    deinit {
        while let block = state.pointee.blocks {
            state.pointee.blocks = block.load(as: UnsafeMutableRawPointer?.self)
            block.deallocate()
        }
        state.deallocate()
    }

    /// For C; valid as long as the arena.
    var allocator: UnsafeMutablePointer<ProtobufCAllocator> {
        UnsafeMutableRawPointer(state).advanced(by: MemoryLayout<State>.offset(of: \.allocator)!)
            .assumingMemoryBound(to: ProtobufCAllocator.self)
    }

    /// True once an allocation failed at the limit.
    var isExhausted: Bool { state.pointee.isExhausted }

    /// Uninitialized memory for `count` values of a C type.
    func allocate<Value>(_: Value.Type, count: Int) -> UnsafeMutablePointer<Value> {
        guard let memory = Self.allocate(size: count * MemoryLayout<Value>.stride, from: state) else {
            preconditionFailure("no memory for \(count) values of \(Value.self)")
        }
        return memory.bindMemory(to: Value.self, capacity: count)
    }

    private static func allocate(size: Int, from state: UnsafeMutablePointer<State>) -> UnsafeMutableRawPointer? {
        guard size <= state.pointee.remaining - alignment else {
            state.pointee.isExhausted = true
            return nil
        }
        let size = max((size + alignment - 1) & ~(alignment - 1), alignment)
        state.pointee.remaining -= size
        if size > state.pointee.remainingInBlock {
            if size > state.pointee.blockSize / 2 { return addBlock(size: size, to: state) }
            state.pointee.next = addBlock(size: state.pointee.blockSize, to: state)
            state.pointee.remainingInBlock = state.pointee.blockSize
            state.pointee.blockSize = min(state.pointee.blockSize * 4, largestSharedBlock)
        }
        defer {
            state.pointee.next = state.pointee.next?.advanced(by: size)
            state.pointee.remainingInBlock -= size
        }
        return state.pointee.next
    }

    private static func addBlock(size: Int, to state: UnsafeMutablePointer<State>) -> UnsafeMutableRawPointer {
        let block = UnsafeMutableRawPointer.allocate(byteCount: alignment + size, alignment: alignment)
        block.storeBytes(of: state.pointee.blocks, as: UnsafeMutableRawPointer?.self)
        state.pointee.blocks = block
        return block + alignment
    }
}
