import NIOCore
import Testing

@testable import ServiceKit

@Suite("Names in TLS")
struct TLSNamesTests {
    @Test(
        "host names and addresses are told apart",
        arguments: [
            ("classifier", TLSServerName.host("classifier")), ("a-1.b_2.example.", .host("a-1.b_2.example")),
            ("127.0.0.1", .address("127.0.0.1")), ("::1", .address("::1")),
            ("127.0.0.1.example", .host("127.0.0.1.example")),
        ])
    func serverName(text: String, expected: TLSServerName) throws {
        #expect(try TLSServerName(text) == expected)
    }

    @Test(
        "what is neither is refused",
        arguments: [
            "", ".", "a..b", "host name", "evil\0.example", "münchen.example", String(repeating: "a", count: 64),
            "[::1]",
            "edge:443", String(repeating: "abc.", count: 80),
        ])
    func invalidServerName(text: String) {
        #expect(throws: TLSError.invalidServerName(text)) { try TLSServerName(text) }
    }

    @Test(
        "a DNS name or URI with NUL, blanks or bytes beyond ASCII names nobody",
        arguments: [
            "edge\0.evil.example", "ed ge", "edgé", "", "edge\n",
        ])
    func hostileNames(text: String) {
        #expect(Array(text.utf8).withUnsafeBufferPointer { CertificateNames.ascii($0) } == nil)
        #expect(Array("edge".utf8).withUnsafeBufferPointer { CertificateNames.ascii($0) } == "edge")
    }

    @Test(
        "addresses have 4 or 16 bytes",
        arguments: [
            ([10, 0, 0, 7], "10.0.0.7"), ([0xfd] + Array(repeating: 0, count: 14) + [7], "fd00::7"), ([10, 0, 0], nil),
            ([], nil),
        ] as [([UInt8], String?)])
    func addresses(bytes: [UInt8], expected: String?) {
        #expect(bytes.withUnsafeBufferPointer { CertificateNames.address($0) } == expected)
    }

    @Test(
        "the first of our protocols that is offered wins; a malformed offer matches nothing",
        arguments: [
            ([2, 0x68, 0x32, 8] + Array("http/1.1".utf8), "h2"), ([8] + Array("http/1.1".utf8), "http/1.1"),
            ([3] + Array("foo".utf8), nil), ([9] + Array("http/1.1".utf8), nil), ([0, 0, 2, 0x68], nil), ([], nil),
        ] as [([UInt8], String?)])
    func selection(offered: [UInt8], expected: String?) {
        let protocols = ApplicationProtocols(["h2", "http/1.1"])
        let selected = offered.withUnsafeBufferPointer { bytes in
            protocols.select(from: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
        }
        #expect(selected == expected)
    }
}
