import GRPCCore

/// Reads the time that a caller gives a call, as gRPC writes it: at most 8 digits and a unit, such as `250m`.
enum CallDeadline {
    static func read(from metadata: Metadata) -> ContinuousClock.Instant? {
        metadata[stringValues: "grpc-timeout"].first { _ in true }.flatMap(timeout).map { .now + $0 }
    }

    static func timeout(_ text: String) -> Duration? {
        let digits = text.dropLast()
        guard let unit = text.last, (1...8).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = UInt32(digits)
        else { return nil }
        return switch unit {
        case "H": .seconds(Int64(count) * 3600)
        case "M": .seconds(Int64(count) * 60)
        case "S": .seconds(Int64(count))
        case "m": .milliseconds(Int64(count))
        case "u": .microseconds(Int64(count))
        case "n": .nanoseconds(Int64(count))
        default: nil
        }
    }
}
