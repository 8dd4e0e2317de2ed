internal import FoundationEssentials

/// A time as the documented answers write it: UTC, without a zone, such as `2024-10-10T15:30:45.123456`.
struct DocumentedTime: Sendable, Hashable {
    var date: Date

    /// Down to the second.
    var seconds: String {
        date.formatted(
            Date.ISO8601FormatStyle().year().month().day().dateTimeSeparator(.standard).time(
                includingFractionalSeconds: false))
    }

    /// Down to the microsecond.
    var exact: String {
        let time = date.timeIntervalSince1970
        let digits = String(Int(((time - time.rounded(.down)) * 1e6).rounded(.down)))
        return "\(seconds).\(String(repeating: "0", count: 6 - digits.count))\(digits)"
    }
}
