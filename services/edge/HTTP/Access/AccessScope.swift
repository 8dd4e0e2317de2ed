/// What a key may be used for.
enum AccessScope: String, Sendable, CaseIterable {
    /// Sending lines.
    case analyze
    /// Asking after models, limits, tiers and metrics.
    case read
    /// Switching the model of everybody.
    case admin
}
