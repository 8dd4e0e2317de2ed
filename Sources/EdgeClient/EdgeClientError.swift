/// Why an edge gave no verdicts.
public enum EdgeClientError: Error, Sendable, Hashable {
    /// No connection, or one that ended before the answer did.
    case unreachable(address: String, reason: String)
    /// Its certificate is not one that is trusted.
    case untrusted(address: String, reason: String)
    /// It answered that it would not.
    case refused(address: String, status: Int, detail: String)
    /// It gave up in the middle of its answer.
    case brokenOff(detail: String)
    /// What answers is no edge, or one of another version.
    case unexpectedAnswer(address: String, reason: String)
}

extension EdgeClientError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreachable(let address, let reason):
            "the edge at \(address) cannot be reached: \(reason); check the address, and that it runs"
        case .untrusted(let address, let reason):
            "the edge at \(address) is not trusted: \(reason); name the authority of its certificate with --ca"
        case .refused(let address, 401, let detail):
            "the edge at \(address) asks for an API key: \(detail); pass it with --key or in TOCSIN_API_KEY"
        case .refused(let address, let status, let detail):
            "the edge at \(address) refused with status \(status): \(detail)"
        case .brokenOff(let detail): "the edge broke its answer off: \(detail)"
        case .unexpectedAnswer(let address, let reason):
            "what answers at \(address) is no edge of this version: \(reason)"
        }
    }
}
