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
}
