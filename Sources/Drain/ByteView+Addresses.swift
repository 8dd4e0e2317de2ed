/// Addresses of machines, resources and people.
extension ByteView {
    /// The end of the IPv4 address that starts at `start`, without port; nil where none does.
    func addressEnd(_ start: Int) -> Int? {
        var index = start
        for part in 0..<4 {
            let end = digitsEnd(index)
            guard (1...3).contains(end - index), part == 3 || self[end] == UInt8(ascii: ".") else { return nil }
            let value = (index..<end).reduce(0) { $0 * 10 + Int(self[$1] - 48) }
            guard value < 256 else { return nil }
            index = part == 3 ? end : end + 1
        }
        return isWord(index) || (self[index] == UInt8(ascii: ".") && isDigit(index + 1)) ? nil : index
    }

    /// A MAC or IPv6 address that starts at `start`, in a chunk that a colon ends.
    func colonAddress(at start: Int) -> MaskSpan? {
        var index = start
        var groups = 0
        var hasDouble = false
        var isMAC = true
        while groups < 9 {
            let end = hexEnd(index, limit: 5)
            guard end - index <= 4 else { return nil }
            if end == index {
                guard !hasDouble, groups > 0 else { return nil }
                hasDouble = true
            } else {
                groups += 1
                if end - index != 2 { isMAC = false }
            }
            index = end
            guard self[index] == UInt8(ascii: ":"), self[index + 1] == UInt8(ascii: ":") || isHexDigit(index + 1) else {
                break
            }
            index += 1
        }
        guard !isWord(index), self[index] != UInt8(ascii: "-") else { return nil }
        if groups == 6, isMAC, !hasDouble { return MaskSpan(start: start, end: index, kind: .mac) }
        guard groups == 8 || (hasDouble && groups >= 2) else { return nil }
        return MaskSpan(start: start, end: index, kind: .ip)
    }

    /// The end of a URL whose authority starts at `start`.
    func urlEnd(_ start: Int) -> Int {
        var end = start
        while end < count {
            switch base[end] {
            case 0...32, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "("),
                UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
                UInt8(ascii: "|"):
                return trimmed(start, end)
            default: end += 1
            }
        }
        return trimmed(start, end)
    }

    /// The end of the chunk of a path that goes on at `start`.
    func pathEnd(_ start: Int) -> Int {
        var end = start
        while end < count, !classOf(end).contains(.delimiter) { end += 1 }
        return trimmed(start, end)
    }

    /// `end` without the points and commas that end a sentence.
    private func trimmed(_ start: Int, _ end: Int) -> Int {
        var end = end
        while end > start, isSentenceMark(base[end - 1]) { end -= 1 }
        return end
    }

    private func isSentenceMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";"): true
        default: false
        }
    }

    /// A path: a chunk that starts with `/`, `./`, `../`, `~/` or `\\`, or has several parts.
    func pathSpan(inChunk chunk: Range<Int>) -> MaskSpan? {
        let start = chunk.lowerBound
        let slash = UInt8(ascii: "/")
        let end = trimmed(start, chunk.upperBound)
        let first = self[start]
        let isRooted = first == slash && end - start > 1
        if isRooted {
            // As Java writes the address of a host that it has no name for: `/10.0.0.1`.
            if let address = addressEnd(start + 1),
                address == end || (self[address] == slash && address + 1 < end && digitsEnd(address + 1) == end)
            {
                return MaskSpan(start: start, end: end, kind: .ip)
            }
            // A path that is asked for over HTTP goes on with its query.
            let hasQuery = (start..<end).contains { self[$0] == UInt8(ascii: "?") }
            return MaskSpan(start: start, end: hasQuery ? urlEnd(start) : end, kind: .path)
        }
        let isShare = first == UInt8(ascii: "\\") && self[start + 1] == first && end - start > 3
        let isRelative =
            (first == UInt8(ascii: ".") || first == UInt8(ascii: "~")) && (start..<end).contains { self[$0] == slash }
        if isShare || isRelative { return MaskSpan(start: start, end: end, kind: .path) }
        var slashes = 0
        var letters = 0
        for index in start..<end {
            if self[index] == slash { slashes += 1 } else if classOf(index).contains(.letter) { letters += 1 }
        }
        return slashes >= 2 && letters >= 2 ? MaskSpan(start: start, end: end, kind: .path) : nil
    }

    /// An address of mail, or a user at a host.
    func emailSpan(inChunk chunk: Range<Int>) -> MaskSpan? {
        guard let at = chunk.first(where: { self[$0] == UInt8(ascii: "@") }), at > chunk.lowerBound,
            isWord(at - 1), isWord(at + 1), !isDigit(at + 1)
        else { return nil }
        let end = trimmed(chunk.lowerBound, chunk.upperBound)
        return chunk.lowerBound..<end ~= at ? MaskSpan(start: chunk.lowerBound, end: end, kind: .email) : nil
    }

    /// A domain name with its port: labels of letters, digits and `-`, the last one a well-known top-level domain.
    func hostSpan(inChunk chunk: Range<Int>) -> MaskSpan? {
        let start = chunk.lowerBound
        let end = trimmed(start, chunk.upperBound)
        var lastPoint = -1
        for index in start..<end {
            if self[index] == UInt8(ascii: ".") {
                guard index > start, isWord(index - 1), isWord(index + 1) else { return nil }
                lastPoint = index
            } else if !isWord(index), self[index] != UInt8(ascii: "-") {
                return nil
            }
        }
        guard lastPoint >= 0, TopLevelDomains.contains(self, lastPoint + 1..<end) else { return nil }
        var host = MaskSpan(start: start, end: end, kind: .host)
        if self[end] == UInt8(ascii: ":") {
            let portEnd = digitsEnd(end + 1)
            if portEnd > end + 1, !isWord(portEnd) { host.end = portEnd }
        }
        return host
    }

    /// The end of a text that reads like a mask, `<*>` or `<NUM>`, at `start`.
    ///
    /// It is variable itself: so a template's masks are never mistaken for a message's own text.
    func maskTextEnd(_ start: Int) -> Int? {
        var end = start + 1
        while end - start < 10, classOf(end).contains(.letter) || self[end] == UInt8(ascii: "*") { end += 1 }
        guard self[end] == UInt8(ascii: ">") else { return nil }
        let name = String(decoding: UnsafeBufferPointer(start: base + start + 1, count: end - start - 1), as: UTF8.self)
        return MaskKind(name: name) == nil ? nil : end + 1
    }
}

/// The top-level domains that make a dotted word a host's name.
enum TopLevelDomains {
    private static let names: [StaticString] = [
        "com", "org", "net", "edu", "gov", "mil", "info", "local", "localdomain", "internal", "lan", "arpa",
        "at", "au", "be", "br", "ca", "ch", "cn", "de", "dk", "es", "eu", "fi", "fr", "hk", "ie", "il", "in", "it",
        "jp", "kr", "mx", "nl", "nz", "pt", "ru", "se", "sg", "th", "tr", "tw", "ua", "uk", "us", "za",
    ]

    static func contains(_ view: ByteView, _ label: Range<Int>) -> Bool {
        (2...11).contains(label.count)
            && names.contains { $0.utf8CodeUnitCount == label.count && view.has($0, at: label.lowerBound) }
    }
}
