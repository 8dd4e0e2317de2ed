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
            (#"password="correct horse" user=x"#, #"password="<SECRET>" user=x"#),
            ("PWD='it is, they say; 42' -v", "PWD='<SECRET>' -v"),
            (#"{"secret": "a \"b\" c", "n": 1}"#, #"{"secret": "<SECRET>", "n": 1}"#),
            (#"body="{\"token\":\"a b\",\"n\":1}""#, #"body="{\"token\":\"<SECRET>\",\"n\":1}""#),
            (#"password="never closed"#, #"password="<SECRET> closed"#),
            ("password='not closed\nin this line'", "password='<SECRET> closed\nin this line'"),
            (#"password=""abc"""#, #"password=""<SECRET>"""#),
            ("paid with 2221 0000 0000 0009.", "paid with <CARD>."),
            ("2720990000000007", "<CARD>"),
            ("Authorization: Basic dTpw", "Authorization: Basic <SECRET>"),
            ("'proxy-authorization': 'bearer  x.y'", "'proxy-authorization': 'bearer  <SECRET>'"),
            (#"Authorization:[Basic dTpw] Host:[a]"#, #"Authorization:[Basic <SECRET>] Host:[a]"#),
            ("cannot reach redis://:hunter2@cache:6379/0", "cannot reach redis://:<SECRET>@cache:6379/0"),
            ("postgres://u:p@ss@db,db2/x", "postgres://u:<SECRET>@db,db2/x"),
            ("https://ann:x@api.example.org/", "https://ann:<SECRET>@api.example.org/"),
            ("amqp://ann@example.org:x@mq", "amqp://<EMAIL>:<SECRET>@mq"),
            ("a://u:1@h b://u:2@h", "a://u:<SECRET>@h b://u:<SECRET>@h"),
        ])
    func secrets(text: String, redacted: String) { #expect(SecretRedaction.redact(text) == redacted) }

    @Test(
        "what only looks like one stays",
        arguments: [
            "Failed password for admin from 192.0.2.7", "user@host mount failed", "id 4111111111111112", "a @ b",
            "sent 1234567890123456789012 bytes", "token expired", "max_token_count=7", "", "@", "x@y.", "password:",
            #"password="" user=x"#, "password='' user=x", #"{"token":"","user":"x"}"#,
            "2221000000000008", "2720990000000007123", "2026041512345679 is no card", "2220990000000002",
            "Authorization: none", "authorization: Basic ", "WWW-Authenticate: Basic realm=x", "basic auth is off",
            "GET http://host:8080/a@b", "http://[::1]:80/x", "ftp://ann@host/", "http://u:@host/", "see ://a:b@c",
            "at 12:34:56 ann@host: done", "jdbc:oracle:thin:@//db:1521/x",
        ])
    func innocent(text: String) { #expect(SecretRedaction.redact(text) == text) }

    @Test(
        "what is made to be slow is not",
        arguments: [
            "password=\"", "pwd='\\", "a://", "a://b:", "://@:", "authorization: ", "authorization: basic ", "2221 ",
            "@a.",
        ])
    func linear(part: String) {
        let text = Array(String(repeating: part, count: 200_000).utf8)
        let time = ContinuousClock().measure { _ = SecretRedaction.redact(text) }
        #expect(time < .seconds(10))
    }

    @Test("bytes that are no UTF-8 and NUL pass unharmed")
    func hostile() {
        let bytes: [UInt8] = [0xFF, 0x00, 0x40, 0xFE, 0x34]
        #expect(SecretRedaction.redact(bytes) == bytes)
    }
}
