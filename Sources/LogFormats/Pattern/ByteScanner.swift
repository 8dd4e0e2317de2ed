/// The bytes of one line, and what can be read at a place in it.
///
/// Each scanner takes the place to read from and gives the place after what it read, or -1 where it does not fit.
struct ByteScanner {
    let base: UnsafePointer<UInt8>
    /// Where reading stops; there is no byte at it.
    let end: Int

    @inline(__always) func isDigit(_ position: Int) -> Bool {
        position < end && base[position] &- 48 < 10
    }

    @inline(__always) static func isWhite(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte &- 9 < 5
    }

    @inline(__always) static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 97 < 26
    }

    @inline(__always) func spaces(_ position: Int) -> Int {
        var next = position
        while next < end, Self.isWhite(base[next]) { next += 1 }
        return next
    }

    @inline(__always) func word(_ position: Int) -> Int {
        var next = position
        while next < end, !Self.isWhite(base[next]) { next += 1 }
        return next == position ? -1 : next
    }

    @inline(__always) func host(_ position: Int) -> Int {
        let next = word(position)
        guard next > 0, base[next - 1] != UInt8(ascii: ":") else { return -1 }
        // A level stands where the host would, in logs that name no host.
        let isLevel =
            base[position] &- 65 < 26 && base[next - 1] &- 65 < 26 && SeverityTable.scan(self, position) == next
        return isLevel ? -1 : next
    }

    func name(_ position: Int) -> Int {
        var next = position
        while next < end, Self.isNameByte(base[next]) { next += 1 }
        return next == position ? -1 : next
    }

    @inline(__always) static func isNameByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || byte &- 48 < 10 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/")
    }

    @inline(__always) func integer(_ position: Int) -> Int {
        var next = position
        while isDigit(next) { next += 1 }
        return next == position ? -1 : next
    }

    @inline(__always) func signed(_ position: Int) -> Int {
        position < end && base[position] == UInt8(ascii: "-") ? integer(position + 1) : integer(position)
    }

    @inline(__always) func digits(_ position: Int, count: Int) -> Int {
        guard position + count <= end else { return -1 }
        for next in position..<position + count where base[next] &- 48 >= 10 { return -1 }
        return position + count
    }

    func hex(_ position: Int) -> Int {
        var next = position
        while next < end, base[next] &- 48 < 10 || (base[next] | 0x20) &- 97 < 6 { next += 1 }
        return next == position ? -1 : next
    }

    @inline(__always) func until(_ stop: UInt8, _ position: Int) -> Int {
        var next = position
        while next < end, base[next] != stop { next += 1 }
        return next == position || next == end ? -1 : next
    }

    func quoted(_ position: Int) -> Int {
        guard position < end, base[position] == UInt8(ascii: "\"") else { return -1 }
        var next = position + 1
        while next < end {
            if base[next] == UInt8(ascii: "\"") { return next + 1 }
            next += base[next] == UInt8(ascii: "\\") ? 2 : 1
        }
        return -1
    }

    func brackets(_ position: Int) -> Int {
        var next = position
        while next < end, base[next] == UInt8(ascii: "[") {
            next += 1
            while next < end, base[next] != UInt8(ascii: "]") {
                guard base[next] == UInt8(ascii: "\"") else {
                    next += 1
                    continue
                }
                next = quoted(next)
                if next < 0 { return -1 }
            }
            guard next < end else { return -1 }
            next += 1
        }
        return next == position ? -1 : next
    }

    func appName(_ position: Int) -> Int {
        guard position < end, base[position] &- 65 < 26 else { return -1 }
        var next = position
        var hasLower = false
        while next < end {
            let byte = base[next]
            if byte &- 97 < 26 { hasLower = true }
            let isInner =
                Self.isLetter(byte) || byte &- 48 < 10
                || byte == UInt8(ascii: " ") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
            if !isInner { break }
            next += 1
        }
        return hasLower && next - position <= 64 ? next : -1
    }
}
