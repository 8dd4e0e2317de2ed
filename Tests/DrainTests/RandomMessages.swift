/// Reproducible random messages: of words that make masks, of mask-like texts, of spaces, and of any characters.
struct RandomMessages {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func number(below bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }

    mutating func message() -> String {
        var text = ""
        for _ in 0..<number(below: 12) {
            text += Self.pieces[number(below: Self.pieces.count)]
            if number(below: 3) > 0 { text += " " }
            if number(below: 40) == 0, let scalar = Unicode.Scalar(UInt32(number(below: 0xD7FF))) {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    private static let pieces = [
        "user", "alice", "bob", "carol", "session", "opened", "closed", "10.1.2.3", "10.1.2.3:80", "42", "-7", "3.14",
        "0xff01", "deadbeef01", "/var/log/x", "a/b/c", "C:\\x\\y", "key=", "key=value,", "\"two words\"", "=\"a",
        "key=17;", "[a]", "[17]",
        "(x=1,y=2)", "<*>", "<NUM>", "<WORDS>", "<", ">", "\"", "'", "  ", "\t", "\n", "\0", "é", "日本", "👩‍👧", "5ms",
        "12KB", "7 MB", "true", "False", "2024-01-02", "03:04:05", "x@y.example", "http://h.example/p?q=1",
        "db.example.com",
        "blk_-17", "node-9", ".", ",", ":", "::1", "de:ad:be:ef:00:01", "....", "//", "@", "e1", "1e5", "v2", "µs",
        "9µs",
    ]
}
