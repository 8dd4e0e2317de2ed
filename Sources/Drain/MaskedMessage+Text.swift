extension MaskedMessage {
    /// The message with a typed mask, such as `<IP>`, for each variable part: what its template is before any other
    /// message widens it.
    public var typedText: String {
        var text: [UInt8] = []
        text.reserveCapacity(content.count + 8 * spans.count)
        var end = 0
        for span in spans {
            text.append(contentsOf: content[end..<span.start])
            text.append(contentsOf: span.kind.mask.utf8)
            end = span.end
        }
        text.append(contentsOf: content[end...])
        return String(decoding: text, as: UTF8.self)
    }
}
