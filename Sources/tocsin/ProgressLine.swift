internal import Foundation
internal import Synchronization

/// One line on standard error that says how far long work is: redrawn on a terminal, else a line each tenth.
final class ProgressLine: Sendable {
    private struct State {
        var step = ""
        var started = ContinuousClock.now
        var lastTenth = -1
    }
    private let state = Mutex(State())
    private let isTerminal = isatty(2) == 1

    func show(_ step: String, _ done: Int, of total: Int, note: String = "") {
        state.withLock { state in
            if state.step != step {
                if isTerminal, !state.step.isEmpty { write("\n") }
                state = State(step: step)
            }
            let share = Double(done) / Double(max(total, 1))
            let elapsed = ContinuousClock.now - state.started
            let left = share > 0 ? elapsed / share * (1 - share) : .zero
            let text =
                "\(step): \(done) of \(total), \(elapsed.components.seconds) s, \(left.components.seconds) s left"
                + (note.isEmpty ? "" : ", " + note)
            if isTerminal {
                write("\r\u{1B}[K" + text)
            } else if Int(share * 10) != state.lastTenth {
                state.lastTenth = Int(share * 10)
                write(text + "\n")
            }
        }
    }

    func end() { if isTerminal { write("\n") } }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
