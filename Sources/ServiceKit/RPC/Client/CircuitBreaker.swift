/// Whether a replica is to be called: one that failed several times in a row is left alone for a while, then tried with
/// one call, and left alone for longer where that fails too.
struct CircuitBreaker: Sendable, Hashable {
    typealias Instant = ContinuousClock.Instant

    private enum State: Hashable {
        case closed(failures: Int)
        case open(until: Instant, pause: Duration)
        /// One call is under way that decides.
        case probing(pause: Duration)
    }

    static let failuresToOpen = 3
    static let firstPause = Duration.milliseconds(500)
    static let longestPause = Duration.seconds(10)

    private var state = State.closed(failures: 0)

    var isClosed: Bool { if case .closed = state { true } else { false } }

    func admitsCall(at now: Instant) -> Bool {
        switch state {
        case .closed: true
        case .open(let until, _): now >= until
        case .probing: false
        }
    }

    /// A call was sent, one that was not admitted perhaps: where all replicas fail, one of them is called all the same.
    mutating func callBegan() {
        if case .open(_, let pause) = state { state = .probing(pause: pause) }
    }

    mutating func callSucceeded() { state = .closed(failures: 0) }

    mutating func callFailed(at now: Instant) {
        switch state {
        case .closed(let failures) where failures + 1 < Self.failuresToOpen: state = .closed(failures: failures + 1)
        case .closed: state = .open(until: now + Self.firstPause, pause: Self.firstPause)
        case .open: break  // the call began before
        case .probing(let pause):
            let longer = min(pause * 2, Self.longestPause)
            state = .open(until: now + longer, pause: longer)
        }
    }

    /// A call ended that says nothing of the replica, as its caller gave it up.
    mutating func callAbandoned(at now: Instant) {
        if case .probing(let pause) = state { state = .open(until: now, pause: pause) }
    }
}
