/// A bounded memory of results: forgets what was neither written nor asked for while values of `capacity` to
/// 2 × `capacity` in cost were written.
package struct RecentMemory<Key: Hashable, Value> {
    /// The cost of the values that are kept for sure; at most twice as much is held.
    let capacity: Int
    private var recent: [Key: Entry] = [:]
    private var older: [Key: Entry] = [:]
    private var recentCost = 0
    private var olderCost = 0

    private struct Entry {
        var value: Value
        var cost: Int
    }

    package init(capacity: Int) {
        precondition(capacity >= 0, "a capacity of \(capacity) is none")
        self.capacity = capacity
    }

    package var count: Int { recent.count + older.count }
    /// Of all values that are held.
    package var cost: Int { recentCost + olderCost }

    package mutating func value(for key: Key) -> Value? {
        if let entry = recent[key] { return entry.value }
        guard let entry = older.removeValue(forKey: key) else { return nil }
        olderCost -= entry.cost
        insert(entry.value, for: key, cost: entry.cost)
        return entry.value
    }

    /// A value that costs more than the capacity is not kept.
    package mutating func insert(_ value: Value, for key: Key, cost: Int = 1) {
        guard cost <= capacity else { return }
        if recentCost + cost > capacity {
            (older, olderCost) = (recent, recentCost)
            (recent, recentCost) = ([:], 0)
        }
        if let replaced = recent.updateValue(Entry(value: value, cost: cost), forKey: key) {
            recentCost -= replaced.cost
        }
        recentCost += cost
    }
}
