/// Hides what should not travel further than it has to: passwords and tokens, also those in the address of something
/// (`redis://:PASSWORD@cache`), e-mail addresses, card numbers.
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
    /// Where the password of the address stands that was met last.
    private var password: Range<Int>?
    private let initials = Self.initials

    init(_ text: [UInt8]) { self.text = text }

    mutating func redacted() -> [UInt8] {
        output.reserveCapacity(text.count)
        while position < text.count {
            if let password, position == password.lowerBound {
                hide("<SECRET>", until: password.upperBound)
                continue
            }
            let isAtWordStart = position == 0 || !Self.isWord(text[position - 1])
            if isAtWordStart, hideWord() { continue }
            if text[position] == UInt8(ascii: ":") { password = passwordOfAddress() ?? password }
            if position > 0, text[position - 1] == UInt8(ascii: "_"), hideAfterName() { continue }
            if text[position] == UInt8(ascii: "@"), hideEmail() { continue }
            output.append(text[position])
            position += 1
        }
        return output
    }

    /// What is told by how a word begins.
    private mutating func hideWord() -> Bool {
        switch text[position] {
        case UInt8(ascii: "2")...UInt8(ascii: "6"): hideCard()
        case let byte where Self.isLetter(byte) && initials & 1 << UInt32(byte & 0x1F) != 0:
            hideKnownToken() || hideAfterName() || hideAfterAuthorization() || hideAfterScheme()
        default: false
        }
    }

    /// The letters that begin what `hideWord` looks for, a bit for each: with most words it is done at once.
    private static let initials = (tokenStarts.map(\.prefix) + names + schemes + [authorization])
        .reduce(UInt32(0)) { $0 | 1 << UInt32($1[0] & 0x1F) }

    private mutating func keep(until end: Int) {
        output.append(contentsOf: text[position..<end])
        position = end
    }

    private mutating func hide(_ mask: StaticString, until end: Int) {
        mask.withUTF8Buffer { output.append(contentsOf: $0) }
        position = end
    }

    /// 13 to 19 digits that begin with 2 to 6, alone or in groups, whose last one is their check digit (ISO/IEC 7812);
    /// what begins with a 2 are 16.
    private mutating func hideCard() -> Bool {
        let isMastercard2 = text[position] == UInt8(ascii: "2")
        if isMastercard2, !isAtMastercard2 { return false }
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
        guard (isMastercard2 ? 16...16 : 13...19).contains(digits.count), end == text.count || !Self.isWord(text[end])
        else { return false }
        let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
            let value = digit.offset.isMultiple(of: 2) ? digit.element : digit.element * 2
            return sum + (value > 9 ? value - 9 : value)
        }
        guard sum.isMultiple(of: 10) else { return false }
        hide("<CARD>", until: end)
        return true
    }

    /// Whether four digits from 2221 to 2720 stand here: years do not, with which most numbers of logs begin that begin
    /// with a 2.
    private var isAtMastercard2: Bool {
        guard position + 4 <= text.count, text[position..<position + 4].allSatisfy(Self.isDigit) else { return false }
        return (2221...2720).contains(text[position..<position + 4].reduce(0) { $0 * 10 + Int($1 - 0x30) })
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
            guard let start = startOfValue(after: position + name.count) else { continue }
            let value = value(from: start)
            guard !value.isEmpty else { return false }
            keep(until: value.lowerBound)
            hide("<SECRET>", until: value.upperBound)
            return true
        }
        return false
    }

    private static let schemes = ["bearer ", "basic "].map { Array($0.utf8) }
    private static let authorization = Array("authorization".utf8)

    /// `Authorization: Basic …` and `Authorization: Bearer …`, however short what follows is.
    private mutating func hideAfterAuthorization() -> Bool {
        guard matches(Self.authorization, at: position),
            var start = startOfValue(after: position + Self.authorization.count)
        else { return false }
        if start < text.count, text[start] == UInt8(ascii: "[") { start += 1 }  // as Go and Java show a header's values
        start += quoteLength(at: start)
        for scheme in Self.schemes where matches(scheme, at: start) {
            let start = endOfBlanks(from: start + scheme.count)
            let end = endOfToken(from: start)
            guard end > start else { return false }
            keep(until: start)
            hide("<SECRET>", until: end)
            return true
        }
        return false
    }

    /// `Bearer …` and `Basic …` of HTTP, where what follows is as long as credentials mostly are.
    private mutating func hideAfterScheme() -> Bool {
        for scheme in Self.schemes where matches(scheme, at: position) {
            let start = position + scheme.count
            let end = endOfToken(from: start)
            guard end - start >= 16 else { return false }
            keep(until: start)
            hide("<SECRET>", until: end)
            return true
        }
        return false
    }

    /// Where in `scheme://user:password@host` the password stands; called at the `:` of the scheme.
    private func passwordOfAddress() -> Range<Int>? {
        let start = position + 3
        guard start < text.count, text[position + 1] == UInt8(ascii: "/"), text[position + 2] == UInt8(ascii: "/"),
            position > 0, Self.isWord(text[position - 1])
        else { return nil }
        let end =
            text[start...].firstIndex { $0 <= 0x20 || [0x22, 0x23, 0x27, 0x2F, 0x3C, 0x3E, 0x3F].contains($0) }
            ?? text.count
        guard let at = text[start..<end].lastIndex(of: UInt8(ascii: "@")),
            let colon = text[start..<at].firstIndex(of: UInt8(ascii: ":")), colon + 1 < at
        else { return nil }
        return colon + 1..<at
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

    /// Where the value begins, perhaps with a quote, whose name ends at `end`; nil where there is no `=` or `:`.
    private func startOfValue(after end: Int) -> Int? {
        let end = end + quoteLength(at: end)
        guard end < text.count, text[end] == UInt8(ascii: "=") || text[end] == UInt8(ascii: ":") else { return nil }
        return endOfBlanks(from: end + 1)
    }

    /// The value that begins there: up to the closing quote, or to a blank or a separator where there is no quote.
    private func value(from start: Int) -> Range<Int> {
        let quote = quoteLength(at: start)
        let begin = start + quote
        if quote > 0, let end = closingQuote(of: begin), end > begin { return begin..<end }
        // An empty value, or one in doubled quotes as of CSV.
        let next = begin + (quote > 0 ? quoteLength(at: begin) : 0)
        return next..<endOfValue(from: next)
    }

    /// A quote counts one, and two where it is escaped: in JSON within a text.
    private func quoteLength(at start: Int) -> Int {
        guard start < text.count else { return 0 }
        if Self.isQuote(text[start]) { return 1 }
        let isEscaped = text[start] == 0x5C && start + 1 < text.count && Self.isQuote(text[start + 1])
        return isEscaped ? 2 : 0
    }

    /// A quoted value that is longer than this ends at its first blank, as one does whose quote is not closed.
    private static let maxQuotedBytes = 4096

    /// The quote in the same line that closes the one before `start`, with the backslash of an escaped one.
    private func closingQuote(of start: Int) -> Int? {
        let quote = text[start - 1]
        let isEscaped = start > 1 && text[start - 2] == 0x5C
        var end = start
        while end < min(text.count, start + Self.maxQuotedBytes) {
            switch text[end] {
            case quote: return end
            case 0x0A, 0x0D: return nil
            case 0x5C where isEscaped && end + 1 < text.count && text[end + 1] == quote: return end
            case 0x5C: end += 2
            default: end += 1
            }
        }
        return nil
    }

    private func endOfBlanks(from start: Int) -> Int {
        var end = start
        while end < text.count, text[end] == 0x20 { end += 1 }
        return end
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

    private static func isQuote(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    private static func isWord(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) || byte == 0x5F }
    private static func isLocalPart(_ byte: UInt8) -> Bool {
        isWord(byte) || [0x25, 0x2B, 0x2D, 0x2E].contains(byte)
    }
}
