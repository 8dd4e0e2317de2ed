/// Blocks of floats that live as long as the arena, each aligned to a cache line.
package final class FloatArena {
    private var blocks: [UnsafeMutableRawPointer] = []

    package init() {}

    /// `count` floats, all zero.
    package func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
        let block = UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
        blocks.append(block)
        let floats = block.bindMemory(to: Float.self, capacity: count)
        floats.initialize(repeating: 0, count: count)
        return floats
    }

    deinit {
        for block in blocks { block.deallocate() }
    }
}
