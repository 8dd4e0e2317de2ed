/// JSON objects and logfmt rows.
extension StructuredLine {
    /// Reads the object that begins at `position`; gives the place after it, or -1.
    ///
    /// - Parameter prefix: the name of the object within the line's object; objects within that one are passed over.
    mutating func readObject(_ scanner: ByteScanner, _ position: Int, prefix: FieldRange?) -> Int {
        guard position < scanner.end, scanner.base[position] == UInt8(ascii: "{") else { return -1 }
        var next = scanner.spaces(position + 1)
        if next < scanner.end, scanner.base[next] == UInt8(ascii: "}") { return next + 1 }
        while next < scanner.end {
            let nameStart = mark
            if let prefix {
                copy(prefix)
                put(UInt8(ascii: "."))
            }
            next = copyQuoted(scanner, next)
            guard next > 0 else { return -1 }
            let name = range(from: nameStart)
            next = scanner.spaces(next)
            guard next < scanner.end, scanner.base[next] == UInt8(ascii: ":") else { return -1 }
            next = readValue(scanner, scanner.spaces(next + 1), name: name, isNested: prefix != nil)
            guard next > 0 else { return -1 }
            next = scanner.spaces(next)
            guard next < scanner.end else { return -1 }
            if scanner.base[next] == UInt8(ascii: "}") { return next + 1 }
            guard scanner.base[next] == UInt8(ascii: ",") else { return -1 }
            next = scanner.spaces(next + 1)
        }
        return -1
    }

    private mutating func readValue(_ scanner: ByteScanner, _ position: Int, name: FieldRange, isNested: Bool) -> Int {
        guard position < scanner.end else { return -1 }
        let valueStart = mark
        switch scanner.base[position] {
        case UInt8(ascii: "\""):
            let next = copyQuoted(scanner, position)
            if next > 0 { add(name, from: valueStart, isText: true) }
            return next
        case UInt8(ascii: "{"):
            return isNested ? Self.skip(scanner, position) : readObject(scanner, position, prefix: name)
        case UInt8(ascii: "["): return Self.skip(scanner, position)
        default:
            var next = position
            while next < scanner.end,
                ByteScanner.isNameByte(scanner.base[next]) || scanner.base[next] == UInt8(ascii: "+")
            {
                next += 1
            }
            guard next > position else { return -1 }
            copy(scanner, position..<next)
            // `null` is no value.
            if scanner.base[position] != UInt8(ascii: "n") { add(name, from: valueStart, isText: false) }
            return next
        }
    }

    private mutating func add(_ name: FieldRange, from valueStart: Int, isText: Bool) {
        guard members.count < Self.memberLimit else { return }
        members.append(Member(name: name, value: range(from: valueStart), isText: isText))
    }

    /// The place after the array or object that begins at `position`, or -1.
    private static func skip(_ scanner: ByteScanner, _ position: Int) -> Int {
        var depth = 0
        var next = position
        while next < scanner.end {
            switch scanner.base[next] {
            case UInt8(ascii: "\""):
                next = scanner.quoted(next)
                if next < 0 { return -1 }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { return next + 1 }
            default: break
            }
            next += 1
        }
        return -1
    }

    /// Reads `key=value key="two words" flag`; false where the line does not begin with a pair or has only one.
    mutating func readPairs(_ scanner: ByteScanner, _ start: Int) -> Bool {
        var next = start
        while next < scanner.end {
            let nameStart = mark
            var end = next
            while end < scanner.end, ByteScanner.isNameByte(scanner.base[end]) || scanner.base[end] == UInt8(ascii: "@")
            {
                end += 1
            }
            guard end > next else { return false }
            copy(scanner, next..<end)
            let name = range(from: nameStart)
            let valueStart = mark
            if end < scanner.end, scanner.base[end] == UInt8(ascii: "=") {
                next = readPairValue(scanner, end + 1)
                guard next >= 0 else { return false }
                add(name, from: valueStart, isText: true)
            } else {
                // A word without a value is a flag, but no line begins with one.
                guard !members.isEmpty, end == scanner.end || ByteScanner.isWhite(scanner.base[end]) else {
                    return false
                }
                next = end
            }
            let afterSpace = scanner.spaces(next)
            guard afterSpace > next || afterSpace == scanner.end else { return false }
            next = afterSpace
        }
        return members.count > 1
    }

    private mutating func readPairValue(_ scanner: ByteScanner, _ position: Int) -> Int {
        if position < scanner.end, scanner.base[position] == UInt8(ascii: "\"") {
            return copyQuoted(scanner, position)
        }
        var next = position
        while next < scanner.end, !ByteScanner.isWhite(scanner.base[next]) { next += 1 }
        copy(scanner, position..<next)
        return next
    }
}
