/// What a key may be used for.
enum AccessScope: String, Sendable, CaseIterable {
    /// Sending lines, and asking after the models and limits that hold for them.
    case analyze
    /// Asking after models, limits, tiers and metrics.
    case read
    /// Switching the model of everybody.
    case admin
}
