/// How far a place's clocks are from UTC, for lines that name no zone.
public struct UTCOffset: Sendable, Hashable {
    /// Minutes east of UTC.
    public var minutes: Int

    public static let zero = UTCOffset(minutes: 0)

    public init(minutes: Int) { self.minutes = minutes }

    /// Reads `+02:00`, `-0330`, `+9` or `Z`; nil for anything else and for more than 18 hours.
    public init?(_ text: some StringProtocol) {
        if text == "Z" || text == "z" {
            minutes = 0
            return
        }
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        var digits = Array(text.dropFirst().utf8)
        if digits.count == 5, digits[2] == UInt8(ascii: ":") { digits.remove(at: 2) }
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        let (hours, rest): (Int, Int)
        switch digits.count {
        case 1, 2: (hours, rest) = (number, 0)
        case 4: (hours, rest) = number.quotientAndRemainder(dividingBy: 100)
        default: return nil
        }
        guard rest < 60, hours * 60 + rest <= 18 * 60 else { return nil }
        minutes = (hours * 60 + rest) * (sign == "-" ? -1 : 1)
    }
}
