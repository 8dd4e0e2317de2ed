/// Hides what should not travel further than it has to: passwords and tokens, e-mail addresses, card numbers.
///
/// A secret is told by its shape alone, so that some are missed; what is hidden is `<SECRET>`, `<EMAIL>` or `<CARD>`.
public enum SecretRedaction {
    public static func redact(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let hidden = redact(bytes)
        return hidden.count == bytes.count && hidden == bytes ? text : String(decoding: hidden, as: UTF8.self)
    }

    /// The same for a text that need not be UTF-8.
    public static func redact(_ text: some Collection<UInt8>) -> [UInt8] {
        var scanner = SecretScanner(Array(text))
        return scanner.redacted()
    }
}

/// One pass over a text.
private struct SecretScanner {
    private let text: [UInt8]
    private var output: [UInt8] = []
    private var position = 0

    init(_ text: [UInt8]) { self.text = text }

    mutating func redacted() -> [UInt8] {
        output.reserveCapacity(text.count)
        while position < text.count {
            let isAtWordStart = position == 0 || !Self.isWord(text[position - 1])
            if isAtWordStart, hideCard() || hideKnownToken() || hideAfterName() || hideAfterScheme() { continue }
            if position > 0, text[position - 1] == UInt8(ascii: "_"), hideAfterName() { continue }
            if text[position] == UInt8(ascii: "@"), hideEmail() { continue }
            output.append(text[position])
            position += 1
        }
        return output
    }

    private mutating func hide(_ mask: StaticString, until end: Int) {
        mask.withUTF8Buffer { output.append(contentsOf: $0) }
        position = end
    }

    /// 13 to 19 digits, alone or in groups, whose last one is their check digit (ISO/IEC 7812).
    private mutating func hideCard() -> Bool {
        guard (UInt8(ascii: "3")...UInt8(ascii: "6")).contains(text[position]) else { return false }
        var digits: [Int] = []
        var end = position
        while end < text.count, digits.count <= 19 {
            if Self.isDigit(text[end]) {
                digits.append(Int(text[end] - 0x30))
                end += 1
            } else if text[end] == 0x20 || text[end] == 0x2D, end + 1 < text.count, Self.isDigit(text[end + 1]) {
                end += 1
            } else {
                break
            }
        }
        guard (13...19).contains(digits.count), end == text.count || !Self.isWord(text[end]) else { return false }
        let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
            let value = digit.offset.isMultiple(of: 2) ? digit.element : digit.element * 2
            return sum + (value > 9 ? value - 9 : value)
        }
        guard sum.isMultiple(of: 10) else { return false }
        hide("<CARD>", until: end)
        return true
    }

    private static let tokenStarts: [(prefix: [UInt8], leastLength: Int)] = [
        ("AKIA", 20), ("ASIA", 20), ("ghp_", 30), ("gho_", 30), ("ghs_", 30), ("github_pat_", 30), ("glpat-", 20),
        ("xoxb-", 20), ("xoxp-", 20), ("sk-", 24), ("eyJ", 40), ("tocsin_", 40),
    ].map { (Array($0.0.utf8), $0.1) }

    /// What issuers mark as a token by its first characters.
    private mutating func hideKnownToken() -> Bool {
        for (prefix, leastLength) in Self.tokenStarts where text[position...].starts(with: prefix) {
            let end = endOfToken(from: position)
            guard end - position >= leastLength else { return false }
            hide("<SECRET>", until: end)
            return true
        }
        return false
    }

    private static let names: [[UInt8]] = [
        "password", "passwd", "pwd", "passphrase", "secret", "token", "api_key", "apikey", "api-key", "private_key",
        "access_key", "session_id", "sessionid",
    ].map { Array($0.utf8) }

    /// `password=…`, `token: …`, `"secret":"…"`, and what ends in such a name, as `DB_PASSWORD=…`.
    private mutating func hideAfterName() -> Bool {
        for name in Self.names where matches(name, at: position) {
            var next = position + name.count
            guard next < text.count else { return false }
            if text[next] == 0x22 || text[next] == 0x27 { next += 1 }
            guard next < text.count, text[next] == UInt8(ascii: "=") || text[next] == UInt8(ascii: ":") else {
                continue
            }
            next += 1
            while next < text.count, [0x20, 0x22, 0x27].contains(text[next]) { next += 1 }
            let end = endOfValue(from: next)
            guard end > next else { return false }
            output.append(contentsOf: text[position..<next])
            hide("<SECRET>", until: end)
            return true
        }
        return false
    }

    /// `Bearer …` and `Basic …` of HTTP.
    private mutating func hideAfterScheme() -> Bool {
        for scheme in [Array("bearer ".utf8), Array("basic ".utf8)] where matches(scheme, at: position) {
            let start = position + scheme.count
            let end = endOfToken(from: start)
            guard end - start >= 16 else { return false }
            output.append(contentsOf: text[position..<start])
            hide("<SECRET>", until: end)
            return true
        }
        return false
    }

    /// Called at the `@`, when what stands before it is already in the output.
    private mutating func hideEmail() -> Bool {
        var start = output.count
        while start > 0, Self.isLocalPart(output[start - 1]) { start -= 1 }
        var end = position + 1
        while end < text.count, Self.isWord(text[end]) || text[end] == 0x2D || text[end] == 0x2E { end += 1 }
        while end > position + 1, text[end - 1] == 0x2E || text[end - 1] == 0x2D { end -= 1 }
        let domain = text[position + 1..<end]
        guard start < output.count, let dot = domain.lastIndex(of: 0x2E), dot > domain.startIndex, end - dot > 2,
            text[dot + 1..<end].allSatisfy(Self.isLetter)
        else { return false }
        output.removeSubrange(start...)
        hide("<EMAIL>", until: end)
        return true
    }

    private func matches(_ name: [UInt8], at start: Int) -> Bool {
        guard start + name.count <= text.count else { return false }
        return zip(text[start...], name).allSatisfy { $0 | 0x20 == $1 || $0 == $1 }
    }

    private func endOfToken(from start: Int) -> Int {
        text[start...].firstIndex { byte in
            !Self.isWord(byte) && ![0x2B, 0x2D, 0x2E, 0x2F, 0x3D, 0x7E].contains(byte)
        } ?? text.count
    }

    private func endOfValue(from start: Int) -> Int {
        text[start...].firstIndex { byte in
            byte <= 0x20 || [0x22, 0x26, 0x27, 0x29, 0x2C, 0x3B, 0x5D, 0x7D].contains(byte)
        } ?? text.count
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    private static func isWord(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) || byte == 0x5F }
    private static func isLocalPart(_ byte: UInt8) -> Bool {
        isWord(byte) || [0x25, 0x2B, 0x2D, 0x2E].contains(byte)
    }
}
