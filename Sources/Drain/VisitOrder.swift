/// Slots in the order of their last visits, as a chain.
struct VisitOrder: Sendable {
    private struct Link: Sendable {
        /// -1 at the ends, and for a slot that is not in the chain.
        var newer: Int32 = -1
        var older: Int32 = -1
    }

    private var links: [Link] = []
    private var newest: Int32 = -1
    /// -1 where there is none.
    private(set) var oldest: Int32 = -1

    /// The slot that was visited next after this one; -1 where there is none.
    func newer(than slot: Int32) -> Int32 { links[Int(slot)].newer }

    /// Adds a slot, which is not in the chain, as the newest.
    mutating func insert(_ slot: Int32) {
        while links.count <= Int(slot) { links.append(Link()) }
        links.withUnsafeMutableBufferPointer { links in
            links[Int(slot)] = Link(newer: -1, older: newest)
            if newest >= 0 { links[Int(newest)].newer = slot } else { oldest = slot }
        }
        newest = slot
    }

    mutating func remove(_ slot: Int32) {
        links.withUnsafeMutableBufferPointer { links in
            let (newer, older) = (links[Int(slot)].newer, links[Int(slot)].older)
            if newer >= 0 { links[Int(newer)].older = older } else { newest = older }
            if older >= 0 { links[Int(older)].newer = newer } else { oldest = newer }
        }
    }

    /// Makes a slot of the chain the newest.
    mutating func renew(_ slot: Int32) {
        guard newest != slot else { return }
        remove(slot)
        insert(slot)
    }
}
