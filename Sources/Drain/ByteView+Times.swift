/// Dates and times of day.
extension ByteView {
    /// The end of the date, time of day, or both, that starts at `start`; nil where none does.
    ///
    /// Dates are `2024-04-15`, `2024/4/15`, `2024.04.15` or `15/04/2024`; times of day have minutes at least.
    func timeEnd(_ start: Int) -> Int? {
        guard isDigit(start) else { return nil }
        guard let dateEnd = dateEnd(start) else { return clockEnd(start) }
        let joint = self[dateEnd]
        let isJoint =
            joint == UInt8(ascii: "T") || joint == UInt8(ascii: " ") || joint == UInt8(ascii: ":")
            || joint == UInt8(ascii: "-") || joint == UInt8(ascii: "_")
        if isJoint, let end = clockEnd(dateEnd + 1) { return end }
        return isWord(dateEnd) || joint == UInt8(ascii: ".") && isDigit(dateEnd + 1) ? nil : dateEnd
    }

    /// The end of a date as `Mon Apr 15 12:34:56 2024` or `Apr 15 12:34:56` that starts with a name at `start`.
    func namedTimeEnd(_ start: Int) -> Int? {
        var index = start
        if self[index + 3] == UInt8(ascii: " "), DateNames.weekdays.contains(name(index)) { index += 4 }
        guard self[index + 3] == UInt8(ascii: " "), DateNames.months.contains(name(index)) else { return nil }
        index += self[index + 4] == UInt8(ascii: " ") ? 5 : 4
        let dayEnd = digitsEnd(index)
        guard (1...2).contains(dayEnd - index), self[dayEnd] == UInt8(ascii: " "), let end = clockEnd(dayEnd + 1) else {
            return nil
        }
        let yearEnd = digitsEnd(end + 1)
        return self[end] == UInt8(ascii: " ") && yearEnd - end == 5 && !isWord(yearEnd) ? yearEnd : end
    }

    /// Three letters in lower case as one number.
    private func name(_ start: Int) -> UInt32 {
        (UInt32(self[start]) << 16 | UInt32(self[start + 1]) << 8 | UInt32(self[start + 2])) | 0x20_2020
    }

    private func dateEnd(_ start: Int) -> Int? {
        let first = digitsEnd(start)
        let joint = self[first]
        guard joint == UInt8(ascii: "-") || joint == UInt8(ascii: "/") || joint == UInt8(ascii: ".") else { return nil }
        let second = digitsEnd(first + 1)
        guard (1...2).contains(second - first - 1), self[second] == joint else { return nil }
        let end = digitsEnd(second + 1)
        let yearFirst = first - start == 4 && (1...2).contains(end - second - 1)
        let yearLast = (1...2).contains(first - start) && end - second - 1 == 4 && joint == UInt8(ascii: "/")
        let shortYear = joint == UInt8(ascii: "/") && first - start == 2 && second - first == 3 && end - second == 3
        guard yearFirst || yearLast || shortYear, joint != UInt8(ascii: ".") || second - first == 3 else { return nil }
        return end
    }

    /// `hh:mm`, then optional seconds, fraction and zone.
    private func clockEnd(_ start: Int) -> Int? {
        var end = digitsEnd(start)
        guard (1...2).contains(end - start) else { return nil }
        var parts = 1
        while parts < 3, self[end] == UInt8(ascii: ":"), digitsEnd(end + 1) == end + 3 {
            end += 3
            parts += 1
        }
        guard parts > 1 else { return nil }
        if parts == 3,
            self[end] == UInt8(ascii: ".") || self[end] == UInt8(ascii: ",") || self[end] == UInt8(ascii: ":"),
            isDigit(end + 1)
        {
            end = digitsEnd(end + 1)
        }
        if self[end] == UInt8(ascii: "Z") {
            end += 1
        } else if self[end] == UInt8(ascii: "+") || self[end] == UInt8(ascii: "-"), digitsEnd(end + 1) - end >= 3 {
            end = digitsEnd(end + 1)
            if self[end] == UInt8(ascii: ":"), isDigit(end + 1) { end = digitsEnd(end + 1) }
        }
        return isWord(end) || (self[end] == UInt8(ascii: ":") && isHexDigit(end + 1)) ? nil : end
    }
}

/// The first three letters of days and months, each as one number.
private enum DateNames {
    static let weekdays = numbers("mon tue wed thu fri sat sun")
    static let months = numbers("jan feb mar apr may jun jul aug sep oct nov dec")

    private static func numbers(_ names: String) -> [UInt32] {
        names.split(separator: " ").map { $0.utf8.reduce(0) { $0 << 8 | UInt32($1) } }
    }
}
