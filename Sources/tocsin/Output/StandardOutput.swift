internal import Glibc

/// Standard output: gathers what is written and hands it on in large pieces.
struct StandardOutput {
    /// What was written and not flushed yet.
    private(set) var buffer: [UInt8] = []

    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    mutating func write(_ text: some Sequence<UInt8>) { buffer.append(contentsOf: text) }

    mutating func write(_ text: String) { buffer.append(contentsOf: text.utf8) }

    mutating func flush() {
        buffer.withUnsafeBytes { bytes in
            var rest = UnsafeRawBufferPointer(rebasing: bytes[...])
            while !rest.isEmpty {
                let written = Glibc.write(STDOUT_FILENO, rest.baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                // A reader that has gone ends the program by SIGPIPE; nobody is left to be told of other failures.
                guard written > 0 else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// How many columns the terminal has; nil where standard output is none.
    static var columns: Int? {
        var size = winsize()
        guard isTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
