import GRPCCore
import Pipeline
import Testing

@testable import ServiceKit

@Suite("Tier errors on the wire")
struct TierErrorTests {
    @Test(
        "an error comes back from the wire as what it was",
        arguments: [
            TierError.unavailable(tier: "parser", reason: "r"), .overloaded(tier: "parser", reason: "r"),
            .overloaded(tier: "parser", reason: "r", retryAfter: .milliseconds(250)),
            .deadlineExceeded(tier: "parser"), .invalidRequest(tier: "parser", reason: "r"),
            .failed(tier: "parser", reason: "internalError: r"),
        ])
    func roundTrip(error: TierError) {
        var status = RPCError(error)
        status.cause = nil
        if case .failed = error { status.message = "r" }
        #expect(TierError(status, tier: "parser") == error)
    }

    @Test("a refused caller is a failure of the tier, not of the request")
    func refused() {
        let error = TierError(RPCError(code: .permissionDenied, message: "no"), tier: "parser")
        #expect(error == .failed(tier: "parser", reason: "permissionDenied: no"))
    }

    @Test(
        "what a server says of trying again is believed only where it is a time",
        arguments: [("0", .zero), ("1500", .milliseconds(1500)), ("-1", nil), ("soon", nil), ("", nil)]
            as [(String, Duration?)])
    func pushback(text: String, expected: Duration?) {
        let error = RPCError(
            code: .resourceExhausted, message: "r", metadata: [RPCError.retryPushbackName: .string(text)])
        #expect(error.retryPushback == expected)
        #expect(TierError(error, tier: "parser") == .overloaded(tier: "parser", reason: "r", retryAfter: expected))
    }
}
