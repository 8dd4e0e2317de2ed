/// Dates, clocks and zones.
extension ByteScanner {
    @inline(__always) private func key(_ position: Int) -> UInt32 {
        UInt32(base[position]) << 16 | UInt32(base[position + 1]) << 8 | UInt32(base[position + 2])
    }

    /// 1...12 where an English month's three letters stand at `position`, else 0.
    @inline(__always) func monthNumber(_ position: Int) -> Int {
        guard position + 3 <= end else { return 0 }
        return switch key(position) {
        case 0x4A_616E: 1
        case 0x46_6562: 2
        case 0x4D_6172: 3
        case 0x41_7072: 4
        case 0x4D_6179: 5
        case 0x4A_756E: 6
        case 0x4A_756C: 7
        case 0x41_7567: 8
        case 0x53_6570: 9
        case 0x4F_6374: 10
        case 0x4E_6F76: 11
        case 0x44_6563: 12
        default: 0
        }
    }

    @inline(__always) func month(_ position: Int) -> Int {
        monthNumber(position) == 0 ? -1 : position + 3
    }

    func weekday(_ position: Int) -> Int {
        guard position + 3 <= end else { return -1 }
        return switch key(position) {
        case 0x4D_6F6E, 0x54_7565, 0x57_6564, 0x54_6875, 0x46_7269, 0x53_6174, 0x53_756E: position + 3
        default: -1
        }
    }

    @inline(__always) func day(_ position: Int) -> Int {
        guard isDigit(position) else { return -1 }
        let first = Int(base[position]) - 48
        guard isDigit(position + 1) else { return first == 0 ? -1 : position + 1 }
        let value = first * 10 + Int(base[position + 1]) - 48
        return (1...31).contains(value) && !isDigit(position + 2) ? position + 2 : -1
    }

    /// The value of two digits, or 100 where there are none.
    @inline(__always) func pair(_ position: Int) -> Int {
        guard position + 2 <= end, base[position] &- 48 < 10, base[position + 1] &- 48 < 10 else { return 100 }
        return Int(base[position] &- 48) * 10 + Int(base[position + 1] &- 48)
    }

    @inline(__always) func clock(_ position: Int) -> Int {
        guard position + 8 <= end, base[position + 2] == UInt8(ascii: ":"), base[position + 5] == UInt8(ascii: ":"),
            pair(position) < 24, pair(position + 3) < 60, pair(position + 6) < 61
        else { return -1 }
        let next = position + 8
        guard next < end, base[next] == UInt8(ascii: ".") || base[next] == UInt8(ascii: ","), isDigit(next + 1) else {
            return next
        }
        let fractionEnd = integer(next + 1)
        return fractionEnd - next <= 10 ? fractionEnd : next
    }

    @inline(__always) func date(_ position: Int) -> Int {
        guard position + 10 <= end else { return -1 }
        let separator = base[position + 4]
        guard separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/") || separator == UInt8(ascii: "."),
            base[position + 7] == separator, digits(position, count: 4) > 0,
            (1...12).contains(pair(position + 5)), (1...31).contains(pair(position + 8))
        else { return -1 }
        return position + 10
    }

    @inline(__always) func dateTime(_ position: Int) -> Int {
        let afterDate = date(position)
        guard afterDate > 0, afterDate < end else { return -1 }
        let separator = base[afterDate]
        guard separator == UInt8(ascii: "T") || separator == UInt8(ascii: " ") || separator == UInt8(ascii: "_") else {
            return -1
        }
        let afterClock = clock(afterDate + 1)
        guard afterClock > 0 else { return -1 }
        let afterZone = zone(afterClock)
        return afterZone > 0 ? afterZone : afterClock
    }

    /// `Z`, `+02:00`, `+0200`, and after a space also ` +0200`, ` UTC`, ` GMT`.
    func zone(_ position: Int) -> Int {
        guard position < end else { return -1 }
        var next = position
        if base[next] == UInt8(ascii: "Z") || base[next] == UInt8(ascii: "z") { return next + 1 }
        if base[next] == UInt8(ascii: " ") {
            next += 1
            guard next < end else { return -1 }
            if next + 3 <= end, key(next) == 0x55_5443 || key(next) == 0x47_4D54,
                next + 3 == end || !Self.isNameByte(base[next + 3])
            {
                return next + 3
            }
        }
        guard base[next] == UInt8(ascii: "+") || base[next] == UInt8(ascii: "-"), pair(next + 1) < 24 else {
            return -1
        }
        let minutes = next + 3 < end && base[next + 3] == UInt8(ascii: ":") ? next + 4 : next + 3
        guard pair(minutes) < 60, !isDigit(minutes + 2) else { return -1 }
        return minutes + 2
    }
}
