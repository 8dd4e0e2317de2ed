/// Pieces by their bytes, for finding the longest one that a text starts with.
///
/// A node is a number; the step from a node along a byte is an entry in one hash table with open addressing.
struct PieceTrie: Sendable {
    /// The key's 40 bits (node, byte) below, the child above them; zero is an empty slot, for no child is node 0.
    private var slots: [UInt64] = Array(repeating: 0, count: 1024)
    private var stepCount = 0
    /// The id of the piece that ends at each node, or -1.
    private var idOfNode: [Int32] = [-1]

    mutating func insert(_ piece: some Sequence<UInt8>, id: Int32) {
        var node: UInt32 = 0
        for byte in piece {
            if let child = child(of: node, byte) {
                node = child
            } else {
                let child = UInt32(idOfNode.count)
                idOfNode.append(-1)
                add(node, byte, child)
                node = child
            }
        }
        idOfNode[Int(node)] = id
    }

    /// The longest piece that `bytes` start with, and its length; nil where none does.
    @inline(__always)
    func longestPrefix(of bytes: UnsafeBufferPointer<UInt8>.SubSequence) -> (id: Int32, length: Int)? {
        var node: UInt32 = 0
        var found: (id: Int32, length: Int)?
        var length = 0
        for byte in bytes {
            guard let child = child(of: node, byte) else { break }
            node = child
            length += 1
            let id = idOfNode[Int(node)]
            if id >= 0 { found = (id, length) }
        }
        return found
    }

    @inline(__always)
    private func child(of node: UInt32, _ byte: UInt8) -> UInt32? {
        let key = UInt64(node) << 8 | UInt64(byte)
        var slot = Self.hash(key) & (slots.count - 1)
        while slots[slot] != 0 {
            if slots[slot] & 0xFF_FFFF_FFFF == key { return UInt32(slots[slot] >> 40) }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private mutating func add(_ node: UInt32, _ byte: UInt8, _ child: UInt32) {
        precondition(child < 1 << 24, "a vocabulary of more than 16 million nodes")
        stepCount += 1
        if stepCount * 2 > slots.count {
            let old = slots
            slots = Array(repeating: 0, count: old.count * 2)
            for entry in old where entry != 0 { place(entry) }
        }
        place(UInt64(child) << 40 | UInt64(node) << 8 | UInt64(byte))
    }

    private mutating func place(_ entry: UInt64) {
        var slot = Self.hash(entry & 0xFF_FFFF_FFFF) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = entry
    }

    @inline(__always)
    private static func hash(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32)
    }
}
