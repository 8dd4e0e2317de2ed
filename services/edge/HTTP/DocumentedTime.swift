internal import FoundationEssentials

/// A time as the documented answers write it: UTC, without a zone, such as `2024-10-10T15:30:45.123456`.
struct DocumentedTime: Sendable, Hashable {
    private let wholeSeconds: Date
    private let microseconds: Int

    init(date: Date) {
        // Rounded, because a date holds a fraction of a second only to about a quarter of a microsecond.
        let total = Int((date.timeIntervalSince1970 * 1e6).rounded())
        let remainder = total % 1_000_000
        microseconds = remainder < 0 ? remainder + 1_000_000 : remainder
        wholeSeconds = Date(timeIntervalSince1970: Double((total - microseconds) / 1_000_000))
    }

    /// Down to the second.
    var seconds: String {
        wholeSeconds.formatted(
            Date.ISO8601FormatStyle().year().month().day().dateTimeSeparator(.standard).time(
                includingFractionalSeconds: false))
    }

    /// Down to the microsecond.
    var exact: String {
        let digits = String(microseconds)
        return "\(seconds).\(String(repeating: "0", count: 6 - digits.count))\(digits)"
    }
}
