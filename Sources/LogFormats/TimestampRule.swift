/// How a format's columns make a moment.
///
/// A layout is written in the letters of Unicode's date patterns: `yyyy yy MMM MM M dd d HH H mm m ss s EEE`, and
/// beside them `f` (a fraction of the second after a point or comma, which may be missing), `l` (milliseconds as a
/// number), `z` (a zone, which may be missing), `epoch` (seconds since 1970 with a fraction), `iso` (ISO 8601) and
/// `instant` (any of these: ISO 8601; month, day and clock; seconds, milli-, micro- or nanoseconds since 1970).
/// A space stands for any white space or none; other characters stand for themselves.
enum TimestampRule {
    enum Token: Sendable, BitwiseCopyable {
        case year, shortYear, monthName, month, day, hour, minute, second, fraction, milliseconds, weekday, zone
        case epoch, iso, instant, space
        case literal(UInt8)
    }
    /// One token of the layout of the column at `slot`.
    struct Step: Sendable, BitwiseCopyable {
        var slot: Int
        var token: Token
    }

    /// The tokens of a layout, or nil where it holds an unknown letter.
    static func tokens(of layout: String) -> [Token]? {
        if layout == "iso" { return [.iso] }
        if layout == "epoch" { return [.epoch] }
        if layout == "instant" { return [.instant] }
        var tokens: [Token] = []
        var rest = Array(layout.utf8)[...]
        while let first = rest.first {
            let run = rest.prefix { $0 == first }
            rest = rest.dropFirst(run.count)
            switch (first, run.count) {
            case (UInt8(ascii: "y"), 4): tokens.append(.year)
            case (UInt8(ascii: "y"), 2): tokens.append(.shortYear)
            case (UInt8(ascii: "M"), 3): tokens.append(.monthName)
            case (UInt8(ascii: "M"), 1...2): tokens.append(.month)
            case (UInt8(ascii: "d"), 1...2): tokens.append(.day)
            case (UInt8(ascii: "H"), 1...2): tokens.append(.hour)
            case (UInt8(ascii: "m"), 1...2): tokens.append(.minute)
            case (UInt8(ascii: "s"), 1...2): tokens.append(.second)
            case (UInt8(ascii: "f"), 1): tokens.append(.fraction)
            case (UInt8(ascii: "l"), 1): tokens.append(.milliseconds)
            case (UInt8(ascii: "E"), 3): tokens.append(.weekday)
            case (UInt8(ascii: "z"), 1): tokens.append(.zone)
            case (UInt8(ascii: " "), _): tokens.append(.space)
            default:
                if ByteScanner.isLetter(first) { return nil }
                tokens += run.map { .literal($0) }
            }
        }
        return tokens
    }

    /// The moment that the columns write, or nil where one is missing or out of range.
    static func read(
        _ steps: UnsafeBufferPointer<Step>, _ base: UnsafePointer<UInt8>, ranges: UnsafePointer<FieldRange>
    ) -> Timestamp? {
        guard !steps.isEmpty else { return nil }
        var moment = Timestamp()
        var slot = -1
        var scanner = ByteScanner(base: base, end: 0)
        var position = 0
        for step in steps {
            if step.slot != slot {
                slot = step.slot
                guard ranges[slot].isSet else { return nil }
                scanner = ByteScanner(base: base, end: Int(ranges[slot].end))
                position = Int(ranges[slot].start)
            }
            position = read(step.token, scanner, position, into: &moment)
            if position < 0 { return nil }
        }
        guard moment.month <= 12, moment.hour < 24, moment.minute < 60, moment.second <= 60,
            moment.day <= CivilDate.dayCount(month: moment.month, year: moment.year)
        else { return nil }
        return moment
    }

    private static func read(
        _ token: Token, _ scanner: ByteScanner, _ position: Int, into moment: inout Timestamp
    ) -> Int {
        switch token {
        case .year:
            let next = scanner.digits(position, count: 4)
            if next > 0 { moment.year = scanner.pair(position) * 100 + scanner.pair(position + 2) }
            return next
        case .shortYear:
            let value = scanner.pair(position)
            // POSIX: 69...99 are of the last century.
            moment.year = value + (value < 69 ? 2000 : 1900)
            return value < 100 ? position + 2 : -1
        case .monthName:
            moment.month = scanner.monthNumber(position)
            return moment.month == 0 ? -1 : position + 3
        case .month: return number(scanner, position, at: 1, into: &moment.month)
        case .day: return number(scanner, position, at: 1, into: &moment.day)
        case .hour: return number(scanner, position, at: 0, into: &moment.hour)
        case .minute: return number(scanner, position, at: 0, into: &moment.minute)
        case .second: return number(scanner, position, at: 0, into: &moment.second)
        case .fraction: return fraction(scanner, position, into: &moment)
        case .milliseconds:
            var value = 0
            let next = number(scanner, position, at: 0, digits: 3, into: &value)
            moment.nanosecond = value * 1_000_000
            moment.fractionDigits = 3
            return next
        case .weekday: return scanner.weekday(position)
        case .zone: return zone(scanner, scanner.spaces(position), into: &moment)
        case .epoch: return epoch(scanner, position, into: &moment)
        case .iso: return iso(scanner, position, into: &moment)
        case .instant: return instant(scanner, position, into: &moment)
        case .space: return scanner.spaces(position)
        case .literal(let byte):
            return position < scanner.end && scanner.base[position] == byte ? position + 1 : -1
        }
    }

    private static func iso(_ scanner: ByteScanner, _ position: Int, into moment: inout Timestamp) -> Int {
        guard scanner.dateTime(position) > 0 else { return -1 }
        // One byte, whichever it is, stands between the numbers.
        moment.year = scanner.pair(position) * 100 + scanner.pair(position + 2)
        moment.month = scanner.pair(position + 5)
        moment.day = scanner.pair(position + 8)
        let next = clock(scanner, position + 11, into: &moment)
        return next < 0 ? -1 : zone(scanner, scanner.spaces(next), into: &moment)
    }

    private static func clock(_ scanner: ByteScanner, _ position: Int, into moment: inout Timestamp) -> Int {
        guard scanner.clock(position) > 0 else { return -1 }
        moment.hour = scanner.pair(position)
        moment.minute = scanner.pair(position + 3)
        moment.second = scanner.pair(position + 6)
        return fraction(scanner, position + 8, into: &moment)
    }

    private static func instant(_ scanner: ByteScanner, _ position: Int, into moment: inout Timestamp) -> Int {
        if scanner.month(position) > 0 {
            moment.month = scanner.monthNumber(position)
            let afterDay = number(scanner, scanner.spaces(position + 3), at: 1, into: &moment.day)
            return afterDay < 0 ? -1 : clock(scanner, scanner.spaces(afterDay), into: &moment)
        }
        let afterDigits = scanner.integer(position)
        // Seconds have 9 to 11 digits, and each finer unit three more.
        let digits = afterDigits - position
        guard afterDigits > 0, (9...20).contains(digits) else { return iso(scanner, position, into: &moment) }
        let finer = (digits - 9) / 3 * 3
        let next = epoch(ByteScanner(base: scanner.base, end: afterDigits - finer), position, into: &moment)
        guard next > 0 else { return -1 }
        if finer == 0 { return fraction(scanner, next, into: &moment) }
        var scale = 100_000_000
        for index in next..<afterDigits {
            moment.nanosecond += Int(scanner.base[index] &- 48) * scale
            scale /= 10
        }
        moment.fractionDigits = min(finer, 9)
        return afterDigits
    }

    /// Reads one or two digits (or up to `digits`) whose value is at least `least`.
    private static func number(
        _ scanner: ByteScanner, _ position: Int, at least: Int, digits: Int = 2, into value: inout Int
    ) -> Int {
        var next = position
        value = 0
        while next < position + digits, scanner.isDigit(next) {
            value = value * 10 + Int(scanner.base[next] &- 48)
            next += 1
        }
        return next > position && value >= least ? next : -1
    }

    private static func fraction(_ scanner: ByteScanner, _ position: Int, into moment: inout Timestamp) -> Int {
        guard position < scanner.end,
            scanner.base[position] == UInt8(ascii: ".") || scanner.base[position] == UInt8(ascii: ","),
            scanner.isDigit(position + 1)
        else { return position }
        var next = position + 1
        var scale = 100_000_000
        moment.nanosecond = 0
        moment.fractionDigits = 0
        while scanner.isDigit(next) {
            moment.nanosecond += Int(scanner.base[next] &- 48) * scale
            if scale > 0 { moment.fractionDigits += 1 }
            scale /= 10
            next += 1
        }
        return next
    }

    private static func epoch(_ scanner: ByteScanner, _ position: Int, into moment: inout Timestamp) -> Int {
        let next = scanner.integer(position)
        guard next > 0, next - position <= 11 else { return -1 }
        var seconds = 0
        for index in position..<next { seconds = seconds * 10 + Int(scanner.base[index] &- 48) }
        moment = Timestamp(epochSeconds: seconds)
        return fraction(scanner, next, into: &moment)
    }

    private static func zone(_ scanner: ByteScanner, _ position: Int, into moment: inout Timestamp) -> Int {
        guard position < scanner.end else { return position }
        switch scanner.base[position] {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"), UInt8(ascii: "U"), UInt8(ascii: "G"):
            moment.offsetMinutes = 0
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            let hours = scanner.pair(position + 1)
            let colon = position + 3 < scanner.end && scanner.base[position + 3] == UInt8(ascii: ":")
            let minutes = scanner.pair(position + (colon ? 4 : 3))
            guard hours < 24, minutes < 60 else { return -1 }
            let offset = hours * 60 + minutes
            moment.offsetMinutes = scanner.base[position] == UInt8(ascii: "-") ? -offset : offset
        default: break
        }
        return scanner.end
    }
}
