/// A stack trace of any length, as programs of a language write it.
public enum LongTrace: String, CaseIterable, Sendable {
    case java, python, go, swift

    /// A line that begins a record of its own after each of them.
    public static let next = "2026-02-03 07:15:23,001 INFO [main] shop.Cart: ready"

    /// - Parameter count: at least 6.
    public func lines(_ count: Int) -> [String] {
        let (head, tail): ([String], [String]) =
            switch self {
            case .java:
                (
                    [
                        "2026-02-03 07:15:22,120 ERROR [main] shop.Cart: failed",
                        "java.lang.StackOverflowError: too deep",
                    ],
                    ["Caused by: java.io.IOException: disk full"]
                )
            case .python:
                (
                    ["ERROR:root:cannot load", "Traceback (most recent call last):"],
                    ["RecursionError: maximum recursion depth exceeded"]
                )
            case .go: (["panic: runtime error: too deep", "", "goroutine 1 [running]:"], ["exit status 2"])
            case .swift:
                (
                    [
                        "Shop/Cart.swift:12: Fatal error: too deep", "*** Program crashed: Bad pointer",
                        "Thread 0 crashed:",
                    ],
                    ["*** Signal 11: end"]
                )
            }
        let frames = (0..<count - head.count - tail.count).map(frame)
        return head + frames + tail
    }

    private func frame(_ index: Int) -> String {
        switch self {
        case .java: "\tat shop.Cart.pay(Cart.java:\(index))"
        case .python: index % 2 == 0 ? "  File \"load.py\", line \(index), in load" : "    load(\(index))"
        case .go: index % 2 == 0 ? "main.serve(0xc00001, 0x\(index))" : "\t/srv/shop/main.go:\(index) +0x1d"
        case .swift: "\(index) 0x00007f0012 Cart.pay() + 12 in shop at /srv/Cart.swift:12:5"
        }
    }
}
