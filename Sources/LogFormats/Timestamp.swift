/// A moment as a line writes it, with what it leaves out left out.
public struct Timestamp: Sendable, Hashable {
    /// Nil where the line names no year.
    public var year: Int?
    public var month = 1
    public var day = 1
    public var hour = 0
    public var minute = 0
    public var second = 0
    public var nanosecond = 0
    /// How many digits of the second's fraction the line gives.
    public var fractionDigits = 0
    /// Minutes east of UTC; nil where the line names no zone.
    public var offsetMinutes: Int?

    public init() {}

    /// What stands for the parts that lines leave out.
    ///
    /// No module below the programs reads a clock, so the caller says what "now" is: a line without a year gets the
    /// latest year that puts it no later than a day after `reference`; without a reference it gets the year 1970. A line
    /// without a zone is taken to be at `offsetMinutes`, UTC unless told otherwise.
    public struct Defaults: Sendable, Hashable {
        /// Year, month and day of the latest line that is to be expected.
        public var reference: (year: Int, month: Int, day: Int)?
        /// Minutes east of UTC.
        public var offsetMinutes: Int

        public init(reference: (year: Int, month: Int, day: Int)? = nil, offsetMinutes: Int = 0) {
            self.reference = reference
            self.offsetMinutes = offsetMinutes
        }

        /// Defaults for lines that were written up to a moment, such as a file's last change.
        ///
        /// - Parameter referenceSeconds: since 1970.
        public init(referenceSeconds: Int, offset: UTCOffset = .zero) {
            let local = Timestamp(epochSeconds: referenceSeconds + offset.minutes * 60)
            self.init(
                reference: local.year.map { ($0, local.month, local.day) }, offsetMinutes: offset.minutes)
        }

        public static func == (left: Self, right: Self) -> Bool {
            left.offsetMinutes == right.offsetMinutes && left.reference?.year == right.reference?.year
                && left.reference?.month == right.reference?.month && left.reference?.day == right.reference?.day
        }

        public func hash(into hasher: inout Hasher) {
            hasher.combine(offsetMinutes)
            hasher.combine(reference?.year)
            hasher.combine(reference?.month)
            hasher.combine(reference?.day)
        }

        /// The year that a line of that month and day, which names none, is given.
        func year(month: Int, day: Int) -> Int {
            guard let reference else { return 1970 }
            let tomorrow = CivilDate.days(year: reference.year, month: reference.month, day: reference.day) + 1
            // Leap days are at most eight years apart.
            for year in stride(from: reference.year + 1, through: reference.year - 8, by: -1) {
                let exists = (month, day) != (2, 29) || CivilDate.isLeap(year)
                if exists, CivilDate.days(year: year, month: month, day: day) <= tomorrow { return year }
            }
            return reference.year
        }
    }

    /// The moment of a number of seconds since 1970, in UTC.
    public init(epochSeconds: Int) {
        let days = epochSeconds >= 0 ? epochSeconds / 86400 : (epochSeconds - 86399) / 86400
        let rest = epochSeconds - days * 86400
        let date = CivilDate.date(days: days)
        year = date.year
        month = date.month
        day = date.day
        hour = rest / 3600
        minute = rest / 60 % 60
        second = rest % 60
        offsetMinutes = 0
    }

    /// Milliseconds since 1970, or nil where the line names no year and `defaults` has no reference for it.
    public func milliseconds(_ defaults: Defaults = Defaults()) -> Int64? {
        guard let year = year ?? defaults.reference.map({ _ in defaults.year(month: month, day: day) }) else {
            return nil
        }
        let minutes = hour * 60 + minute - (offsetMinutes ?? defaults.offsetMinutes)
        let seconds = CivilDate.days(year: year, month: month, day: day) * 86400 + minutes * 60 + second
        return Int64(seconds) * 1000 + Int64(nanosecond / 1_000_000)
    }

    /// The moment in RFC 3339, such as `2024-04-15T12:00:00.250Z`, with as many digits as the line gives.
    public func rfc3339(_ defaults: Defaults = Defaults()) -> String {
        var text: [UInt8] = []
        appendRFC3339(to: &text, defaults)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the moment in RFC 3339.
    public func appendRFC3339(to text: inout [UInt8], _ defaults: Defaults = Defaults()) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.textLimit) { buffer in
            let count = writeRFC3339(to: buffer, defaults)
            text.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// The most bytes of a moment in RFC 3339.
    public static let textLimit = 40

    /// Writes the moment in RFC 3339 to a buffer of `textLimit` bytes, and gives their number.
    public func writeRFC3339(to buffer: UnsafeMutableBufferPointer<UInt8>, _ defaults: Defaults) -> Int {
        var count = 0
        func put(_ character: Unicode.Scalar) {
            buffer[count] = UInt8(ascii: character)
            count += 1
        }
        func put(_ number: Int, digits: Int) {
            var rest = number
            for place in 1...digits {
                buffer[count + digits - place] = UInt8(48 + rest % 10)
                rest /= 10
            }
            count += digits
        }
        put(year ?? defaults.year(month: month, day: day), digits: 4)
        put("-")
        put(month, digits: 2)
        put("-")
        put(day, digits: 2)
        put("T")
        put(hour, digits: 2)
        put(":")
        put(minute, digits: 2)
        put(":")
        put(second, digits: 2)
        if fractionDigits > 0 {
            put(".")
            var fraction = nanosecond
            for _ in fractionDigits..<9 { fraction /= 10 }
            put(fraction, digits: fractionDigits)
        }
        let offset = offsetMinutes ?? defaults.offsetMinutes
        if offset == 0 {
            put("Z")
        } else {
            put(offset < 0 ? "-" : "+")
            put(abs(offset) / 60, digits: 2)
            put(":")
            put(abs(offset) % 60, digits: 2)
        }
        return count
    }
}

/// Days of the proleptic Gregorian calendar, counted from 1970-01-01.
///
/// The algorithms are those of Howard Hinnant, "chrono-compatible low-level date algorithms".
enum CivilDate {
    static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }

    /// The days of a month; of a February in an unknown year, 29.
    static func dayCount(month: Int, year: Int?) -> Int {
        switch month {
        case 2: year.map(isLeap) ?? true ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146097 + dayOfEra - 719468
    }

    static func date(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719468
        let era = (shifted >= 0 ? shifted : shifted - 146096) / 146097
        let dayOfEra = shifted - era * 146097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
