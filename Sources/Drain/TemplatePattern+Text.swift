internal import TocsinCore

/// How a pattern is written, and read again.
extension TemplatePattern {
    /// With the name of each mask's kind: `<IP>`, `<NUM>`, and `<*>` where it has none.
    var typedText: String { text { $0.mask } }

    /// With `<*>` for every mask.
    var text: String { text { _ in MaskKind.any.mask } }

    /// The pattern that is written so; nil where the text was not made by `typedText`.
    init(typedText: String) {
        let text = Array(typedText.utf8)
        var bytes: [UInt8] = []
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "<"),
                let close = text[index...].prefix(12).firstIndex(of: UInt8(ascii: ">")),
                let kind = MaskKind(name: String(decoding: text[(index + 1)..<close], as: UTF8.self))
            {
                bytes += [MaskedMessage.maskByte, kind.rawValue]
                index = close + 1
            } else {
                bytes.append(text[index])
                index += 1
            }
        }
        self.init(bytes)
    }

    /// The template's id: the first 128 bits of the SHA-256 of its typed text, in hexadecimal.
    static func id(ofTypedText text: String) -> String {
        String(SHA256.hexadecimalDigest(of: text.utf8).prefix(32))
    }

    private func text(_ mask: (MaskKind) -> String) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + 16)
        var index = 0
        while index < bytes.count {
            if bytes[index] == MaskedMessage.maskByte, let kind = MaskKind(rawValue: bytes[index + 1]) {
                text += mask(kind).utf8
                index += 2
            } else {
                text.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
