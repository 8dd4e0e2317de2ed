import Testing
import TocsinCore

@Suite struct SecretRedactionTests {
    @Test(
        "secrets are hidden, what stands around them stays",
        arguments: [
            ("login of ann.b+c@mail.example.org failed", "login of <EMAIL> failed"),
            ("paid with 4111 1111 1111 1111.", "paid with <CARD>."),
            ("card=5500-0000-0000-0004;", "card=<CARD>;"),
            ("Authorization: Bearer abcdefghij0123456789", "Authorization: Bearer <SECRET>"),
            ("connect password=hunter2 user=x", "connect password=<SECRET> user=x"),
            (#"{"api_key": "k-123", "n": 1}"#, #"{"api_key": "<SECRET>", "n": 1}"#),
            ("key AKIAABCDEFGHIJKLMNOP used", "key <SECRET> used"),
            ("Token: x", "Token: <SECRET>"),
            ("export DB_PASSWORD=hunter2", "export DB_PASSWORD=<SECRET>"),
            ("client_secret=a&refresh_token=b", "client_secret=<SECRET>&refresh_token=<SECRET>"),
            ("aws_secret_access_key: abc", "aws_secret_access_key: <SECRET>"),
            ("X-Api-Key: abc", "X-Api-Key: <SECRET>"),
        ])
    func secrets(text: String, redacted: String) { #expect(SecretRedaction.redact(text) == redacted) }

    @Test(
        "what only looks like one stays",
        arguments: [
            "Failed password for admin from 192.0.2.7", "user@host mount failed", "id 4111111111111112", "a @ b",
            "sent 1234567890123456789012 bytes", "token expired", "max_token_count=7", "", "@", "x@y.", "password:",
        ])
    func innocent(text: String) { #expect(SecretRedaction.redact(text) == text) }

    @Test("bytes that are no UTF-8 and NUL pass unharmed")
    func hostile() {
        let bytes: [UInt8] = [0xFF, 0x00, 0x40, 0xFE, 0x34]
        #expect(SecretRedaction.redact(bytes) == bytes)
    }
}
