/// How a pattern is written, and read again.
///
/// Different patterns have different typed texts, as a template's id is made of them: what a message says literally that
/// would read as a mask, and bytes that are no UTF-8, are written as `\xHH`; so is the backslash of a literal `\xHH`.
extension TemplatePattern {
    /// With the name of each mask's kind: `<IP>`, `<NUM>`, and `<*>` where it has none.
    var typedText: String { Self.typedText(of: bytes) }

    /// With `<*>` for every mask.
    var text: String { Self.text(of: bytes) { _ in MaskKind.any.mask } }

    /// The typed text of a masked form.
    static func typedText(of form: [UInt8]) -> String { text(of: form) { $0.mask } }

    /// The pattern that is written so; nil where the text was not made by `typedText`.
    init(typedText: String) {
        let text = Array(typedText.utf8)
        var bytes: [UInt8] = []
        var index = 0
        while index < text.count {
            if let mask = Self.maskKind(text[index...]) {
                bytes += [MaskedMessage.maskByte, mask.kind.rawValue]
                index = mask.end
            } else if let byte = Self.escapedByte(text[index...]) {
                bytes.append(byte)
                index += 4
            } else {
                bytes.append(text[index])
                index += 1
            }
        }
        self.init(bytes)
    }

    private static func text(of bytes: [UInt8], _ mask: (MaskKind) -> String) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + 16)
        var index = 0
        while index < bytes.count {
            if bytes[index] == MaskedMessage.maskByte, let kind = MaskKind(rawValue: bytes[index + 1]) {
                text += mask(kind).utf8
                index += 2
            } else {
                let end = bytes[index...].firstIndex(of: MaskedMessage.maskByte) ?? bytes.endIndex
                Self.append(bytes[index..<end], to: &text)
                index = end
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func append(_ literal: ArraySlice<UInt8>, to text: inout [UInt8]) {
        let isPlain = literal.allSatisfy { $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: "\\") }
        let isASCII = literal.allSatisfy { $0 < 0x80 }
        if isPlain, isASCII || String(validating: literal, as: UTF8.self) != nil {
            text += literal
            return
        }
        var index = literal.startIndex
        while index < literal.endIndex {
            let rest = literal[index...]
            if maskKind(rest) == nil, escapedByte(rest) == nil,
                let length = (1...4).first(where: { isCharacter(rest.prefix($0)) })
            {
                text += rest.prefix(length)
                index += length
            } else {
                let digits = String(literal[index], radix: 16, uppercase: true)
                text += "\\x\(digits.count == 1 ? "0" : "")\(digits)".utf8
                index += 1
            }
        }
    }

    private static func isCharacter(_ bytes: ArraySlice<UInt8>) -> Bool {
        String(validating: bytes, as: UTF8.self)?.unicodeScalars.count == 1
    }

    /// The kind of the mask at the begin of a text.
    private static func maskKind(_ text: ArraySlice<UInt8>) -> (kind: MaskKind, end: Int)? {
        guard text.first == UInt8(ascii: "<"), let close = text.prefix(12).firstIndex(of: UInt8(ascii: ">")),
            let kind = MaskKind(name: String(decoding: text[(text.startIndex + 1)..<close], as: UTF8.self))
        else { return nil }
        return (kind, close + 1)
    }

    /// The byte that `\xHH` at the begin of a text stands for.
    private static func escapedByte(_ text: ArraySlice<UInt8>) -> UInt8? {
        guard text.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "x")]) else { return nil }
        let digits = text.dropFirst(2).prefix(2)
        let isUppercase = digits.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x46).contains($0) }
        return isUppercase && digits.count == 2 ? UInt8(String(decoding: digits, as: UTF8.self), radix: 16) : nil
    }
}
