internal import Foundation

/// A bar on a terminal's standard error that says how far an input has been read, how fast, and how long it takes yet.
struct InputProgress {
    private let name: String
    private let size: Int?
    private let started = ContinuousClock.now
    private var lastShown: ContinuousClock.Instant?
    private let isShown: Bool

    /// Shows nothing where standard error is no terminal, or where rows scroll by on it and say enough themselves.
    init(name: String, size: Int?) {
        self.name = name
        self.size = size
        isShown = isatty(STDERR_FILENO) == 1 && !StandardOutput.isTerminal
    }

    /// - Parameters:
    ///   - position: bytes of the input that were read, compressed or not.
    ///   - lines: physical lines that were read.
    mutating func show(position: Int, lines: Int) {
        let now = ContinuousClock.now
        // Drawing more often only costs time.
        guard isShown, lastShown.map({ now - $0 >= .milliseconds(100) }) ?? true else { return }
        lastShown = now
        let text = Self.text(name: name, position: position, size: size, lines: lines, elapsed: now - started)
        FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
    }

    /// Wipes the bar.
    func end() {
        if lastShown != nil { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }

    static func text(name: String, position: Int, size: Int?, lines: Int, elapsed: Duration) -> String {
        let seconds = max(elapsed / .seconds(1), 0.001)
        let rate = "\(grouped(Int(Double(lines) / seconds))) lines/s"
        guard let size, size > 0 else { return "\(name)  \(bytes(position))  \(rate)" }
        let share = min(Double(position) / Double(size), 1)
        let filled = Int(share * 20)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
        let left = share > 0 ? "  \(time(seconds / share * (1 - share))) left" : ""
        return "\(name)  \(bar) \(Int(share * 100)) % of \(bytes(size))  \(rate)\(left)"
    }

    /// The number with a comma before every three digits.
    private static func grouped(_ number: Int) -> String {
        number < 1000
            ? "\(number)" : grouped(number / 1000) + "," + String("\(number % 1000 + 1000)".dropFirst())
    }

    private static func bytes(_ count: Int) -> String {
        let units = ["B", "kB", "MB", "GB", "TB"]
        var value = Double(count)
        var unit = 0
        while value >= 1000, unit + 1 < units.count {
            value /= 1000
            unit += 1
        }
        return unit == 0 ? "\(count) B" : "\((value * 10).rounded() / 10) \(units[unit])"
    }

    private static func time(_ seconds: Double) -> String {
        let seconds = Int(min(seconds, 1e9).rounded(.up))
        return seconds < 60 ? "\(seconds) s" : seconds < 3600 ? "\(seconds / 60) min" : "\(seconds / 3600) h"
    }
}
