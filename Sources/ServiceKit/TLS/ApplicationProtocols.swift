/// A list of ALPN names in the form it has on the wire: each name after one byte with its length (RFC 7301).
struct ApplicationProtocols: Sendable, Hashable {
    let names: [String]
    let wire: [UInt8]

    /// - Precondition: every name has 1 to 255 bytes (`TLSConfiguration.validate`).
    init(_ names: [String]) {
        self.names = names
        self.wire = names.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
    }

    /// The range, within `offered`, of the first of our names that the client offers too.
    func select(from offered: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        for name in names {
            var index = 0
            while index < offered.count {
                let range = index + 1..<index + 1 + Int(offered[index])
                guard range.upperBound <= offered.count else { break }
                if offered[range].elementsEqual(name.utf8) { return range }
                index = range.upperBound
            }
        }
        return nil
    }
}
