import Testing

@testable import ServiceKit

@Suite("Circuit breakers and second calls")
struct CircuitBreakerTests {
    private let start = ContinuousClock.now

    @Test("a replica is left alone after some failures in a row, not after failures between successes")
    func opens() {
        var breaker = CircuitBreaker()
        for _ in 0..<10 {
            breaker.callFailed(at: start)
            breaker.callFailed(at: start)
            breaker.callSucceeded()
        }
        #expect(breaker.isClosed)
        for _ in 0..<CircuitBreaker.failuresToOpen {
            #expect(breaker.admitsCall(at: start))
            breaker.callFailed(at: start)
        }
        #expect(!breaker.isClosed)
        #expect(!breaker.admitsCall(at: start + .milliseconds(499)))
    }

    @Test("after its pause one call decides: a success admits all, a failure none for twice as long, up to a bound")
    func probes() {
        var breaker = CircuitBreaker()
        for _ in 0..<CircuitBreaker.failuresToOpen { breaker.callFailed(at: start) }
        var now = start
        var pause = CircuitBreaker.firstPause
        for _ in 0..<10 {
            #expect(!breaker.admitsCall(at: now + pause - .milliseconds(1)))
            now += pause
            #expect(breaker.admitsCall(at: now))
            breaker.callBegan()
            #expect(!breaker.admitsCall(at: now), "one call at a time")
            breaker.callFailed(at: now)
            pause = min(pause * 2, CircuitBreaker.longestPause)
        }
        now += pause
        breaker.callBegan()
        breaker.callSucceeded()
        #expect(breaker.isClosed)
    }

    @Test("a deciding call that is given up decides nothing: the next one does")
    func abandoned() {
        var breaker = CircuitBreaker()
        for _ in 0..<CircuitBreaker.failuresToOpen { breaker.callFailed(at: start) }
        breaker.callBegan()
        breaker.callAbandoned(at: start)
        #expect(!breaker.isClosed)
        #expect(breaker.admitsCall(at: start))
    }

    @Test("a second call is sent after several times of what calls take, and for few of them")
    func budget() {
        var budget = HedgeBudget()
        for _ in 0..<200 { budget.succeeded("slow", after: .seconds(2)) }
        for _ in 0..<200 { budget.succeeded("fast", after: .milliseconds(2)) }
        #expect(budget.patience(with: "slow") > .seconds(7))
        #expect(budget.patience(with: "fast") == HedgeBudget.leastPatience)
        #expect((0..<100).count { _ in budget.take() } == 10)
        for _ in 0..<42 { budget.succeeded("fast", after: .milliseconds(2)) }
        #expect((0..<100).count { _ in budget.take() } == 2)
    }
}
