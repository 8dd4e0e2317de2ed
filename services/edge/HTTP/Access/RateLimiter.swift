internal import Synchronization

/// Lets each key make so many requests a minute, and as many at once after a quiet minute: a bucket of tokens each.
final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var filled: ContinuousClock.Instant
    }

    private let buckets = Mutex<[String: Bucket]>([:])

    /// Takes a token of the key's bucket.
    ///
    /// - Returns: nil where there was one, else the seconds after which there is.
    func take(_ key: String, perMinute: Int, now: ContinuousClock.Instant) -> Int? {
        let limit = Double(perMinute)
        return buckets.withLock { buckets in
            var bucket = buckets[key] ?? Bucket(tokens: limit, filled: now)
            bucket.tokens = min(limit, bucket.tokens + limit / 60 * ((now - bucket.filled) / .seconds(1)))
            bucket.filled = now
            defer { buckets[key] = bucket }
            guard bucket.tokens < 1 else {
                bucket.tokens -= 1
                return nil
            }
            return max(1, Int(((1 - bucket.tokens) * 60 / limit).rounded(.up)))
        }
    }
}
