import Testing

@testable import tocsin

@Suite struct InputProgressTests {
    @Test("a file's progress has its share, size, speed and time left")
    func file() {
        let text = InputProgress.text(
            name: "'app.log'", position: 500_000_000, size: 2_000_000_000, lines: 6_100_000, elapsed: .seconds(20))
        #expect(text == "'app.log'  █████░░░░░░░░░░░░░░░ 25 % of 2.0 GB  305,000 lines/s  1 min left")
    }

    @Test("a stream's progress has what was read and the speed")
    func stream() {
        let text = InputProgress.text(
            name: "standard input", position: 999, size: nil, lines: 1_234_567, elapsed: .seconds(1))
        #expect(text == "standard input  999 B  1,234,567 lines/s")
    }

    @Test("no number of bytes or seconds is too odd to be shown", arguments: [0, 1, 10, 1 << 60])
    func odd(position: Int) {
        let text = InputProgress.text(name: "x", position: position, size: 10, lines: 0, elapsed: .zero)
        #expect(text.hasPrefix("x  "))
        #expect(InputProgress.text(name: "x", position: 0, size: 0, lines: 0, elapsed: .zero) == "x  0 B  0 lines/s")
    }
}
