/// What the begin of a line says about whether it goes on the record before it.
struct LineHead {
    /// The most bytes that are looked at.
    private static let limit = 160
    private let text: Substring
    let isBlank: Bool
    let isIndented: Bool

    init(_ line: some Collection<UInt8>) {
        let head = String(decoding: line.prefix(Self.limit), as: UTF8.self)
        let first = head.utf8.first
        text = head.drop { $0 == " " || $0 == "\t" || $0 == "\r" }
        isBlank = text.isEmpty
        isIndented = !text.isEmpty && (first == UInt8(ascii: " ") || first == UInt8(ascii: "\t"))
    }

    /// The trace that a record is in which begins with this line.
    var openedTrace: RecordJoiner.Trace {
        if opensPythonTrace { return .python }
        if opensGoTrace { return .go }
        return opensSwiftTrace ? .swift : .none
    }

    // MARK: Java

    /// `Caused by: …`, `Suppressed: …`, `... 12 more`, or an exception's name right below the line that logs it.
    var isJavaContinuation: Bool {
        text.hasPrefix("Caused by: ") || text.hasPrefix("Suppressed: ") || text.hasPrefix("at ") && text.contains("(")
            || text.hasPrefix("... ") && (text.hasSuffix(" more") || text.hasSuffix(" common frames omitted"))
            || isQualifiedException
    }

    /// `java.io.IOException: …`: a dotted name that ends in Exception, Error or Throwable.
    private var isQualifiedException: Bool {
        let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "$" || $0 == "_" }
        let after = text[name.endIndex...].first
        return name.contains(".") && (after == nil || after == ":")
            && (name.hasSuffix("Exception") || name.hasSuffix("Error") || name.hasSuffix("Throwable"))
    }

    // MARK: Python

    var opensPythonTrace: Bool {
        text.hasPrefix("Traceback (most recent call last)") || text.hasPrefix("Exception Group Traceback")
    }

    /// The sentences between two chained traces.
    var joinsPythonTraces: Bool {
        text.hasPrefix("During handling of the above exception")
            || text.hasPrefix("The above exception was the direct cause")
    }

    /// `ValueError: …`, or an exception's name alone.
    var isExceptionName: Bool {
        let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }
        let after = text[name.endIndex...].first
        return !name.isEmpty && (after == nil || after == ":")
    }

    // MARK: Go

    var opensGoTrace: Bool {
        text.hasPrefix("panic: ") || text.hasPrefix("fatal error: ")
            || text.hasPrefix("goroutine ") && text.hasSuffix("]:")
    }

    /// `main.serve(0xc000…)`, `created by main.main`, `[signal SIGSEGV …`, `exit status 2`.
    var isGoFrame: Bool {
        if text.hasPrefix("created by ") || text.hasPrefix("[signal ") || text.hasPrefix("exit status ") { return true }
        let name = text.prefix { !$0.isWhitespace && $0 != "(" }
        return name.contains(".") && text[name.endIndex...].first == "(" && !name.hasSuffix(":")
    }

    // MARK: Swift

    var opensSwiftTrace: Bool { text.contains("Fatal error: ") || text.hasPrefix("*** Program crashed: ") }

    /// `Thread 0 crashed:`, `0 0x0000… in main at …`, `*** Signal 4: …`.
    var isSwiftFrame: Bool {
        if text.hasPrefix("Thread ") && text.hasSuffix(":") || text.hasPrefix("*** ") { return true }
        let number = text.prefix { $0.isNumber }
        return !number.isEmpty && text[number.endIndex...].drop { $0 == " " }.hasPrefix("0x")
    }
}
