internal import Synchronization

/// A memory of recent results that many analyses read and write at a time: parts by key, each behind a lock of its own.
final class SharedMemory<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private final class Part: Sendable {
        struct State {
            var memory: RecentMemory<Key, Value>
            var hits = 0
            var misses = 0
        }
        let state: Mutex<State>

        init(capacity: Int) { state = Mutex(State(memory: RecentMemory(capacity: capacity))) }
    }

    private let parts: [Part]
    private let maxBytes: Int
    private static var partCount: Int { 16 }

    /// - Parameter maxBytes: of all values together; 0 keeps none.
    init(maxBytes: Int) {
        self.maxBytes = maxBytes
        // A recent memory holds up to twice its capacity.
        parts = (0..<Self.partCount).map { _ in Part(capacity: maxBytes / Self.partCount / 2) }
    }

    func value(for key: Key) -> Value? {
        guard maxBytes > 0 else { return nil }
        return part(of: key).state.withLock { state in
            let value = state.memory.value(for: key)
            if value == nil { state.misses += 1 } else { state.hits += 1 }
            return value
        }
    }

    func insert(_ value: Value, for key: Key, bytes: Int) {
        guard maxBytes > 0 else { return }
        part(of: key).state.withLock { $0.memory.insert(value, for: key, cost: bytes) }
    }

    var statistics: CacheStatistics {
        parts.reduce(into: CacheStatistics(maxBytes: maxBytes)) { sum, part in
            part.state.withLock { state in
                sum.hits += state.hits
                sum.misses += state.misses
                sum.entries += state.memory.count
                sum.bytes += state.memory.cost
            }
        }
    }

    private func part(of key: Key) -> Part {
        parts[Int(truncatingIfNeeded: UInt(bitPattern: key.hashValue) >> 48) % Self.partCount]
    }
}

/// What a cache holds, and what it counted since the start.
public struct CacheStatistics: Sendable, Hashable {
    public var hits = 0
    public var misses = 0
    public var entries = 0
    /// An estimate of what the entries take.
    public var bytes = 0
    public var maxBytes: Int

    public init(maxBytes: Int) { self.maxBytes = maxBytes }

    /// Hits over all questions; nil before the first.
    public var hitRate: Double? { hits + misses == 0 ? nil : Double(hits) / Double(hits + misses) }
}
