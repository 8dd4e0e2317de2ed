import Testing

@testable import ServiceKit

@Suite("Request ids")
struct RequestIDTests {
    @Test("a caller's id is kept", arguments: ["a", "01J9Z-x/y:z", String(repeating: "x", count: 128)])
    func kept(id: String) { #expect(RequestID.accepted(id) == id) }

    @Test(
        "what could break a log line is replaced",
        arguments: [
            nil, "", "two words", "line\nbreak", "nul\0", "é", String(repeating: "x", count: 129),
        ])
    func replaced(id: String?) {
        let accepted = RequestID.accepted(id)
        #expect(accepted != id)
        #expect(accepted.utf8.count == 32)
        #expect(accepted.allSatisfy { $0.isHexDigit })
    }

    @Test("new ids differ")
    func random() { #expect(Set((0..<1000).map { _ in RequestID.random() }).count == 1000) }
}
