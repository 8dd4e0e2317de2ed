/// The four template features: computed once for each template, as many lines share one.
///
/// A mask is `<*>` or an upper-case name in angle brackets, such as `<IP>`; all count alike, so that a template with
/// typed masks has the statistics of the same one with `<*>`.
public struct TemplateStatistics: Sendable, Hashable {
    /// Bytes of the template, three for each mask.
    public let length: Int
    /// Masks, and runs of decimal digits outside them.
    public let numberCount: Int
    /// Bytes outside masks that are no ASCII letter, digit, white space or part of a longer character.
    public let specialCount: Int
    /// Tokens, cut at white space.
    public let tokenCount: Int

    public init(_ template: Span<UInt8>) {
        var numbers = 0, specials = 0, tokens = 0
        var length = template.count
        var previous = ByteClass.space
        var position = 0
        while position < template.count {
            let maskLength = Self.maskLength(in: template, at: position)
            if maskLength > 0 {
                numbers += 1
                if previous == .space { tokens += 1 }
                previous = .letter
                position += maskLength
                length -= maskLength - 3
                continue
            }
            let current = ByteClass(template[position])
            if current == .digit, previous != .digit { numbers += 1 }
            if current == .special { specials += 1 }
            if current != .space, previous == .space { tokens += 1 }
            previous = current
            position += 1
        }
        self.length = length
        numberCount = numbers
        specialCount = specials
        tokenCount = tokens
    }

    public init(_ template: String) {
        let bytes = Array(template.utf8)
        self.init(bytes.span)
    }

    /// The length of the mask that begins at `start`, brackets included; 0 where none does.
    private static func maskLength(in template: Span<UInt8>, at start: Int) -> Int {
        guard template[start] == UInt8(ascii: "<") else { return 0 }
        var end = start + 1
        while end < template.count {
            switch template[end] {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "*"), UInt8(ascii: "_"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                end += 1
            case UInt8(ascii: ">"):
                return end > start + 1 ? end - start + 1 : 0
            default:
                return 0
            }
        }
        return 0
    }
}

/// What a byte counts as in the statistics of texts and templates.
enum ByteClass: UInt8 {
    case letter, digit, space, special

    /// Bytes beyond ASCII belong to characters that count as letters.
    @inline(__always)
    init(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...: self = .letter
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self = .digit
        case UInt8(ascii: " "), 0x09...0x0D: self = .space
        default: self = .special
        }
    }
}
