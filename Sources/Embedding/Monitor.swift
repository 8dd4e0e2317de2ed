internal import Foundation

// `state` is touched only between lock and unlock.
/// A value that threads share, with waiting for it to change.
final class Monitor<State>: @unchecked Sendable {
    private let condition = NSCondition()
    private var state: State

    init(_ state: State) { self.state = state }

    /// Runs `body` alone; it must not block.
    func withLock<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        condition.lock()
        defer { condition.unlock() }
        return try body(&state)
    }

    /// Wakes all who wait.
    func notifyAll() { condition.broadcast() }

    /// What a waiting thread found.
    enum Step<Result> {
        case done(Result)
        /// Look again when someone has notified, or after this long.
        case wait(Duration?)
    }

    /// Runs `body` until it is done, waiting between its runs.
    func waiting<Result>(_ body: (inout State) -> Step<Result>) -> Result {
        condition.lock()
        defer { condition.unlock() }
        while true {
            switch body(&state) {
            case .done(let result): return result
            case .wait(nil): condition.wait()
            case .wait(let duration?):
                _ = condition.wait(until: Date(timeIntervalSinceNow: duration / .seconds(1)))
            }
        }
    }
}
