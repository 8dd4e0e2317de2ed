internal import TocsinCore

/// How much goes into one call.
struct BatchLimits: Sendable {
    var embeddingItems: Int
    var classifyingItems: Int
    var bytes: Int
    var concurrentCalls: Int
}
