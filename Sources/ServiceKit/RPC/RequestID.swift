import GRPCCore

/// The id by which one request is found in the logs of all tiers.
public enum RequestID {
    /// The metadata key and HTTP header that carry it.
    public static let name = "x-request-id"

    /// 128 random bits in hexadecimal.
    public static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// The caller's id, where it is one that a log can hold: 1 to 128 visible ASCII characters; else a new one.
    public static func accepted(_ candidate: String?) -> String {
        guard let candidate, (1...128).contains(candidate.utf8.count),
            candidate.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else { return random() }
        return candidate
    }

    static func accepted(from metadata: Metadata) -> String {
        accepted(metadata[stringValues: name].first { _ in true })
    }
}
