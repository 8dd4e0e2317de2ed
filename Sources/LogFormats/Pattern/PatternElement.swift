/// What one place of a pattern may hold, as it is written after the colon of `{Name:kind}`.
struct PatternElement: Sendable, Hashable {
    enum Kind: UInt8, Sendable, CaseIterable {
        /// One or more bytes that are no white space.
        case word
        /// Like a word, without a colon at its end and no level in capitals: the host of a syslog line.
        case host
        /// A dotted identifier: letters, digits and `_ . $ - /`.
        case name
        /// As few bytes as let the rest of the pattern fit, at least one, at most 512.
        case text
        /// Everything up to the line's end, which may be nothing.
        case rest
        /// One or more decimal digits.
        case integer
        /// Decimal digits, perhaps after a minus sign.
        case signed
        /// `digits*6`: exactly so many decimal digits.
        case digits
        /// One or more hexadecimal digits.
        case hex
        /// `until]`: one or more bytes up to the given one, which is not taken.
        case until
        /// Bytes between double quotes; a backslash escapes the byte after it.
        case quoted
        /// `Jan` to `Dec`.
        case month
        /// `Mon` to `Sun`.
        case weekday
        /// One or two digits, 1 to 31.
        case day
        /// Four digits.
        case year
        /// `23:59:59`, perhaps with a fraction after a point or comma.
        case clock
        /// `2024-04-15`, or with slashes or points.
        case date
        /// Date, `T` or a space, clock, and perhaps a zone: ISO 8601 and its kin.
        case dateTime
        /// The same with `T` between date and clock.
        case isoTime
        /// One or more `[…]`, in which text between double quotes may hold brackets: structured data of RFC 5424.
        case brackets
        /// A word of the shared level table, in any case.
        case level
        /// `@name`: the longest member of one of the file's sets; a member that ends in `*` goes on to the end of the
        /// name.
        case set
        /// `!@name`: nothing, where no member of the set stands.
        case notSet
        /// A camel-case name, perhaps of several words: `WindowServer`, `Google Chrome`.
        case appName
    }

    var kind: Kind
    /// The number of `digits`, or the byte after `until`.
    var argument: UInt8 = 0
    /// Which of the format's sets.
    var setName = ""

    /// How much a match says about the format, in bits.
    var evidence: Float {
        switch kind {
        case .word, .host, .name: 0.5
        case .text, .rest, .until, .notSet: 0
        case .integer, .signed, .hex: 2
        case .digits: min(1.5 * Float(argument), 12)
        case .quoted, .brackets: 2
        case .month, .set, .level, .appName: 6
        case .weekday: 4
        case .day: 2
        case .year: 4
        case .clock: 10
        case .date: 12
        case .dateTime, .isoTime: 20
        }
    }
}

extension PatternElement {
    /// The kind and its argument from their spelling, or nil where there is no such kind.
    init?(spelling: Substring) {
        if spelling.hasPrefix("@") {
            guard spelling.count > 1 else { return nil }
            self.init(kind: .set, setName: String(spelling.dropFirst()))
        } else if spelling.hasPrefix("!@") {
            guard spelling.count > 2 else { return nil }
            self.init(kind: .notSet, setName: String(spelling.dropFirst(2)))
        } else if spelling.hasPrefix("until") {
            let stop = spelling.utf8.dropFirst(5)
            guard stop.count == 1, let byte = stop.first else { return nil }
            self.init(kind: .until, argument: byte)
        } else if spelling.hasPrefix("digits*") {
            guard let count = UInt8(spelling.dropFirst(7)), (1...64).contains(count) else { return nil }
            self.init(kind: .digits, argument: count)
        } else if let kind = Self.plainKinds[String(spelling)] {
            self.init(kind: kind)
        } else {
            return nil
        }
    }

    private static let plainKinds: [String: Kind] = [
        "word": .word, "host": .host, "name": .name, "text": .text, "rest": .rest, "integer": .integer,
        "signed": .signed, "hex": .hex, "quoted": .quoted, "month": .month, "weekday": .weekday, "day": .day,
        "year": .year, "clock": .clock, "date": .date, "date-time": .dateTime, "iso-time": .isoTime,
        "brackets": .brackets, "level": .level, "app-name": .appName,
    ]

    /// The spellings that a pattern may use, for messages.
    static let spellings = (plainKinds.keys.sorted() + ["until<byte>", "digits*<count>", "@<set>", "!@<set>"]).joined(
        separator: ", ")
}
