import Drain
import Testing

@testable import LogParsing

@Suite struct ModelTextTests {
    private func make(_ content: String, severity: Int = 0, component: String? = nil) -> String {
        var modelText = ModelText()
        let message = MaskedMessage(content)
        Array((component ?? "").utf8).withUnsafeBufferPointer {
            modelText.make(severityNumber: severity, component: component == nil ? nil : $0, message: message)
        }
        return String(decoding: modelText.bytes, as: UTF8.self)
    }

    @Test(
        "identifiers give way to what they are, short numbers stay",
        arguments: [
            ("exit code 137 after 30s", "exit code 137 after 30s"),
            ("peer 192.0.2.7 gone", "peer ip gone"),
            ("request 550e8400-e29b-41d4-a716-446655440000 failed", "request id failed"),
            ("read 123456789 blocks", "read number blocks"),
            ("java.lang.OutOfMemoryError", "java lang Out Of Memory Error"),
            ("a  b\t c", "a b c"),
        ])
    func masking(content: String, expected: String) {
        #expect(make(content) == expected)
    }

    @Test(
        "of punctuation what belongs to a number or a word stays",
        arguments: [
            ("load 10.5, was 3.", "load 10.5 was 3"),
            ("rc=-1 (a-1, 2-3)", "rc -1 a 1 2 3"),
            ("disk 97% full; 50 % free", "disk 97% full 50 free"),
            ("can't open 'x'", "can't open x"),
            ("[main] max_size: {\"a\": 1}", "main max size a 1"),
            ("--- *** ---", ""),
        ])
    func punctuation(content: String, expected: String) {
        #expect(make(content) == expected)
    }

    @Test("level and component come first, in words")
    func header() {
        #expect(
            make("Connection timeout", severity: 17, component: "org.apache.hadoop.hdfs.DataNode")
                == "error Data Node Connection timeout")
        #expect(make("ok", severity: 9, component: "/usr/sbin/cron") == "info cron ok")
        #expect(make("ok", severity: 24) == "fatal ok")
        #expect(make("", severity: 0) == "")
    }

    @Test("a text ends at the limit, behind a whole character")
    func limit() {
        let text = make(String(repeating: "€ ", count: 2000))
        #expect(text.utf8.count <= ModelText.limit)
        #expect(!text.contains("\u{FFFD}"))
    }
}
