internal import Foundation

/// What the begin of a line says about whether it goes on the record before it. Valid while the line's bytes are.
struct LineHead {
    /// The most bytes that are looked at.
    private static let limit = 160
    /// The begin of the line without white space around it.
    private let text: UnsafeBufferPointer<UInt8>
    /// Bytes of white space before the text.
    let indentation: Int

    var isBlank: Bool { text.isEmpty }

    init(_ line: UnsafeBufferPointer<UInt8>) {
        let head = line.prefix(Self.limit)
        let start = head.firstIndex { !Self.isWhite($0) } ?? head.endIndex
        let end = head.lastIndex { !Self.isWhite($0) }.map { $0 + 1 } ?? start
        indentation = start
        text = UnsafeBufferPointer(rebasing: line[start..<end])
    }

    /// The trace that a record is in which begins with this line.
    var openedTrace: RecordJoiner.Trace {
        if opensPythonTrace { return .python }
        if opensGoTrace { return .go }
        return opensSwiftTrace ? .swift : .none
    }

    /// `}`, `});`, `]`: what closes an indented block.
    var isClosingBracket: Bool {
        !text.isEmpty
            && text.allSatisfy { [UInt8(ascii: "}"), 0x5D, 0x29, UInt8(ascii: ","), UInt8(ascii: ";")].contains($0) }
    }

    // MARK: Java

    /// `Caused by: …`, `Suppressed: …`, `... 12 more`, or an exception's name right below the line that logs it.
    var isJavaContinuation: Bool {
        switch text.first {
        case UInt8(ascii: "C"): starts("Caused by: ") || isQualifiedException
        case UInt8(ascii: "S"): starts("Suppressed: ") || isQualifiedException
        case UInt8(ascii: "a"): starts("at ") && contains("(") || isQualifiedException
        case UInt8(ascii: "."): starts("... ") && (ends(" more") || ends(" common frames omitted"))
        default: isQualifiedException
        }
    }

    /// `java.io.IOException: …`: a dotted name that ends in Exception, Error or Throwable.
    private var isQualifiedException: Bool {
        let name = name { Self.isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "$") }
        return isName(name) && name.contains(UInt8(ascii: "."))
            && (Self.ends(name, "Exception") || Self.ends(name, "Error") || Self.ends(name, "Throwable"))
    }

    // MARK: Python

    var opensPythonTrace: Bool {
        starts("Traceback (most recent call last)") || starts("Exception Group Traceback")
    }

    /// The sentences between two chained traces.
    var joinsPythonTraces: Bool {
        starts("During handling of the above exception") || starts("The above exception was the direct cause")
    }

    /// `ValueError: …`, or an exception's name alone; a name in capitals is a level of the next line.
    var isExceptionName: Bool {
        let name = name { Self.isWord($0) || $0 == UInt8(ascii: ".") }
        return isName(name) && name.contains { (0x61...0x7A).contains($0) }
    }

    // MARK: Go

    var opensGoTrace: Bool {
        starts("panic: ") || starts("fatal error: ") || starts("goroutine ") && ends("]:")
    }

    /// `main.serve(0xc000…)`, `created by main.main`, `[signal SIGSEGV …`, `exit status 2`.
    var isGoFrame: Bool {
        if starts("created by ") || starts("[signal ") || starts("exit status ") { return true }
        let name = name { !Self.isWhite($0) && $0 != UInt8(ascii: "(") }
        return name.contains(UInt8(ascii: ".")) && after(name) == UInt8(ascii: "(") && name.last != UInt8(ascii: ":")
    }

    // MARK: Swift

    var opensSwiftTrace: Bool { contains("Fatal error: ") || starts("*** Program crashed: ") }

    /// `Thread 0 crashed:`, `0 0x0000… in main at …`, `*** Signal 4: …`.
    var isSwiftFrame: Bool {
        switch text.first {
        case UInt8(ascii: "T"): return starts("Thread ") && ends(":")
        case UInt8(ascii: "*"): return starts("*** ")
        default:
            let number = name { (0x30...0x39).contains($0) }
            let rest = text.dropFirst(number.count).drop { $0 == 0x20 }
            return !number.isEmpty && Self.starts(UnsafeBufferPointer(rebasing: rest), "0x")
        }
    }

    // MARK: Bytes

    /// The longest run at the begin whose bytes all fit.
    private func name(while fits: (UInt8) -> Bool) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: text.prefix(while: fits))
    }

    /// The byte that follows a run from the begin.
    private func after(_ name: UnsafeBufferPointer<UInt8>) -> UInt8? { text.dropFirst(name.count).first }

    /// True where the run is not empty and stands alone or before a colon.
    private func isName(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let next = after(name)
        return !name.isEmpty && (next == nil || next == UInt8(ascii: ":"))
    }

    private func starts(_ prefix: StaticString) -> Bool { Self.starts(text, prefix) }

    private func ends(_ suffix: StaticString) -> Bool { Self.ends(text, suffix) }

    private func contains(_ part: StaticString) -> Bool {
        var rest = text
        while let base = rest.baseAddress, let found = memchr(base, Int32(part.utf8Start.pointee), rest.count) {
            rest = UnsafeBufferPointer(rebasing: rest[(UnsafeRawPointer(found) - UnsafeRawPointer(base))...])
            if Self.starts(rest, part) { return true }
            rest = UnsafeBufferPointer(rebasing: rest[1...])
        }
        return false
    }

    private static func starts(_ text: UnsafeBufferPointer<UInt8>, _ prefix: StaticString) -> Bool {
        guard let base = text.baseAddress, text.count >= prefix.utf8CodeUnitCount else { return false }
        return memcmp(base, prefix.utf8Start, prefix.utf8CodeUnitCount) == 0
    }

    private static func ends(_ text: UnsafeBufferPointer<UInt8>, _ suffix: StaticString) -> Bool {
        guard let base = text.baseAddress, text.count >= suffix.utf8CodeUnitCount else { return false }
        let start = base + (text.count - suffix.utf8CodeUnitCount)
        return memcmp(start, suffix.utf8Start, suffix.utf8CodeUnitCount) == 0
    }

    private static func isWhite(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 9 < 5 }

    /// Letters, digits and `_`; bytes of other alphabets are taken for letters.
    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte == 0x5F || byte >= 0x80
    }
}
