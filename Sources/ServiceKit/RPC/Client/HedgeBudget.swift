/// When a call that takes long is worth a second one to another replica: after several times of what such calls took of
/// late, and for one call in twenty, so that a tier that is slow as a whole does not get twice the work.
struct HedgeBudget: Sendable {
    static let leastPatience = Duration.milliseconds(500)
    private static let multiple = 4.0
    private static let share = 0.05
    private static let most = 10.0

    /// By method: the moving average of successful calls.
    private var usual: [String: Duration] = [:]
    private var allowance = most

    /// How long a call is waited for; nothing is known of the first ones, which are given longer.
    func patience(with method: String) -> Duration {
        max(Self.leastPatience, (usual[method] ?? .milliseconds(500)) * Self.multiple)
    }

    mutating func succeeded(_ method: String, after duration: Duration) {
        usual[method] = usual[method].map { $0 * 0.9 + duration * 0.1 } ?? duration
        allowance = min(Self.most, allowance + Self.share)
    }

    /// Whether a second call may be sent, which is taken from the budget.
    mutating func take() -> Bool {
        guard allowance >= 1 else { return false }
        allowance -= 1
        return true
    }
}
