/// A bounded memory of results: forgets what was neither written nor asked for during the last `capacity` to
/// 2 × `capacity` insertions.
struct RecentMemory<Key: Hashable, Value> {
    let capacity: Int
    private var recent: [Key: Value] = [:]
    private var older: [Key: Value] = [:]

    init(capacity: Int) {
        precondition(capacity > 0, "a memory holds at least one value, not \(capacity)")
        self.capacity = capacity
    }

    mutating func value(for key: Key) -> Value? {
        if let value = recent[key] { return value }
        guard let value = older[key] else { return nil }
        insert(value, for: key)
        return value
    }

    mutating func insert(_ value: Value, for key: Key) {
        if recent.count >= capacity {
            older = recent
            recent = [:]
        }
        recent[key] = value
    }

    mutating func removeAll() {
        recent = [:]
        older = [:]
    }
}
