import TestTraces
import Testing
import TocsinCore

@testable import LogParsing

@Suite struct RecordJoinerTests {
    private func places(_ text: String, limits: RecordJoiner.Limits = RecordJoiner.Limits()) -> [RecordPlace] {
        var joiner = RecordJoiner(limits: limits)
        var records: [LogRecordText] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let record = joiner.add(line.utf8) { records.append(record) }
        }
        if let record = joiner.flush() { records.append(record) }
        let joined = records.map { String(decoding: $0.bytes, as: UTF8.self) }.joined(separator: "\n")
        #expect(joined == text)
        return records.map(\.place)
    }

    private func join(_ text: String, limits: RecordJoiner.Limits = RecordJoiner.Limits()) -> [ClosedRange<Int>] {
        places(text, limits: limits).map(\.lines)
    }

    @Test("a Java exception with its causes is one record")
    func java() {
        let text = """
            2026-02-03 07:15:22,120 ERROR [main] shop.Cart: checkout failed
            java.lang.IllegalStateException: cart 12 is closed
            \tat shop.Cart.pay(Cart.java:41)
            \tat shop.Main.main(Main.java:9)
            Caused by: java.io.IOException: disk full
            \t... 12 more
            2026-02-03 07:15:23,001 INFO [main] shop.Cart: ready
            """
        #expect(join(text) == [1...6, 7...7])
    }

    @Test("a Python traceback ends with its exception, and a chained one goes on")
    func python() {
        let text = """
            ERROR:root:cannot load
            Traceback (most recent call last):
              File "load.py", line 4, in <module>
                open("x")
            FileNotFoundError: [Errno 2] No such file or directory: 'x'
            INFO:root:going on
            Traceback (most recent call last):
              File "a.py", line 1, in f
            KeyError: 'k'

            During handling of the above exception, another exception occurred:

            Traceback (most recent call last):
              File "b.py", line 2, in g
            RuntimeError: gave up
            WARNING:root:done
            """
        #expect(join(text) == [1...5, 6...15, 16...16])
    }

    @Test("a Go panic with its goroutines is one record")
    func go() {
        let text = """
            panic: runtime error: index out of range [3] with length 3

            goroutine 1 [running]:
            main.serve(0xc000012090, 0x3)
            \t/srv/shop/main.go:22 +0x1d
            main.main()
            \t/srv/shop/main.go:9 +0x85
            exit status 2
            2026/02/03 07:15:22 restarted
            """
        #expect(join(text) == [1...8, 9...9])
    }

    @Test("a Swift crash with its frames is one record")
    func swift() {
        let text = """
            Shop/Cart.swift:12: Fatal error: Index out of range
            *** Program crashed: Illegal instruction at 0x00007f00
            Thread 0 crashed:
            0 0x00007f0012 Cart.pay() + 12 in shop at /srv/Cart.swift:12:5
            ready again
            """
        #expect(join(text) == [1...4, 5...5])
    }

    @Test("indented lines go on, others do not")
    func indentation() {
        #expect(join("a\n  b\n\tc\nd\ne") == [1...3, 4...4, 5...5])
    }

    @Test("in a log that indents every line, only what is indented deeper goes on")
    func indentedLog() {
        #expect(join(" a\n b\n   c\n d") == [1...1, 2...3, 4...4])
    }

    @Test("a bracket that closes an indented block belongs to it")
    func brackets() {
        #expect(join("settings: {\n  \"depth\": 3\n}\nready\n}") == [1...3, 4...4, 5...5])
    }

    @Test("a level in capitals is no exception that ends a cut Python trace")
    func cutPythonTrace() {
        #expect(join("Traceback (most recent call last):\n  File \"a.py\"\nERROR: next") == [1...2, 3...3])
    }

    @Test("the record that is held is named by its first line")
    func pendingLine() {
        var joiner = RecordJoiner()
        #expect(joiner.pendingLine == nil)
        _ = joiner.add("a".utf8)
        _ = joiner.add("  b".utf8)
        #expect(joiner.pendingLine == 1)
        _ = joiner.add("c".utf8)
        #expect(joiner.pendingLine == 3)
        _ = joiner.flush()
        #expect(joiner.pendingLine == nil)
    }

    @Test("what a limit of lines or bytes cuts goes on as the record's next part")
    func limits() {
        var limits = RecordJoiner.Limits()
        limits.maxLines = 3
        let text = "a\n b\n  c\n   d\n    e\nf"
        #expect(
            places(text, limits: limits) == [
                RecordPlace(lines: 1...3, part: 1), RecordPlace(lines: 4...5, part: 2), RecordPlace(line: 6),
            ])
        limits.maxLines = 100
        limits.maxBytes = 6
        #expect(
            places("a\n b\n cd\n  ef\n0123456789", limits: limits) == [
                RecordPlace(lines: 1...2, part: 1), RecordPlace(lines: 3...3, part: 2),
                RecordPlace(lines: 4...4, part: 3), RecordPlace(line: 5),
            ])
    }

    @Test(
        "a trace of 5,000 lines that a limit cuts is that many parts, and the line after it a record of its own",
        arguments: LongTrace.allCases, [1, 7, 512, 4999, 5000])
    func longTraces(trace: LongTrace, limit: Int) {
        var limits = RecordJoiner.Limits()
        limits.maxLines = limit
        limits.maxBytes = .max
        let places = places(trace.lines(5000).joined(separator: "\n") + "\n" + LongTrace.next, limits: limits)
        let expected = (5000 + limit - 1) / limit
        #expect(places.count == expected + 1)
        #expect(places.last == RecordPlace(line: 5001))
        guard limit < 5000 else { return }
        #expect(places.dropLast().map(\.part) == (1...expected).map { $0 })
        for (index, place) in places.dropLast().enumerated() {
            #expect(place.lines == index * limit + 1...min((index + 1) * limit, 5000))
        }
    }

    @Test("lines that come after a pause are the next part of the record before it, or a record of their own")
    func pause() {
        var joiner = RecordJoiner()
        _ = joiner.add("ERROR: failed".utf8)
        #expect(joiner.add("  because of this".utf8) == nil)
        #expect(joiner.flush()?.place == RecordPlace(lines: 1...2))
        #expect(joiner.add("  and of that".utf8) == nil)
        #expect(joiner.add("INFO: next".utf8)?.place == RecordPlace(lines: 3...3, part: 2))
        #expect(joiner.flush()?.place == RecordPlace(line: 4))
        #expect(joiner.add("INFO: last".utf8) == nil)
        #expect(joiner.flush()?.place == RecordPlace(line: 5))
    }

    @Test("empty lines are records of their own", arguments: ["", "\n", "\n\na\n\n"])
    func emptyLines(text: String) {
        #expect(join(text).count == text.split(separator: "\n", omittingEmptySubsequences: false).count)
    }
}
