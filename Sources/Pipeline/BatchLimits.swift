internal import TocsinCore

/// How much goes into one call and how much is remembered.
struct BatchLimits: Sendable {
    var embeddingItems: Int
    var classifyingItems: Int
    var bytes: Int
    var concurrentCalls: Int
    var rememberedVectors: Int
    var rememberedVerdicts: Int
}
