internal import Foundation

/// A file that grows, read as `tail -F` does: its last lines, what is appended, and what stands in its place when it is
/// rotated or cut. One that is not there yet is waited for.
final class FollowedFile {
    /// How many lines are read of what is there already.
    static let firstLines = 10
    private static let pause = Duration.milliseconds(100)
    private static let blockBytes = 1 << 20

    /// Lines before the first that is read.
    private(set) var skippedLines = 0
    private let path: String
    private let interruption: Interruption
    /// Below 0 where the file is not there yet.
    private var descriptor: Int32
    /// Where in the file the next read begins.
    private var offset = 0
    private var endsLine = true

    /// - Throws: `InputError` where the file cannot be read, or is none.
    init(path: String, until interruption: Interruption) throws(InputError) {
        self.path = path
        self.interruption = interruption
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT {
            FileHandle.standardError.write(Data("'\(path)' is not there yet: waiting for it\n".utf8))
            return
        }
        try requireFile()
        try skip()
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// When the file was last changed, in seconds since 1970; nil where it is not there yet.
    var modified: Int? { status(of: descriptor)?.st_mtim.tv_sec }

    private func requireFile() throws(InputError) {
        guard descriptor >= 0 else { throw .unreadable(name: "'\(path)'", errno: errno) }
        guard let status = status(of: descriptor), status.st_mode & S_IFMT == S_IFREG else {
            throw .endless(name: "'\(path)'")
        }
    }

    /// What was appended; nil once the interruption came or, where `patience` is bounded, `.nothingYet` after it.
    func read(waiting patience: Duration?) throws(InputError) -> InputFile.Piece {
        let end = patience.map { ContinuousClock.now + $0 }
        while !interruption.isAsked {
            if descriptor < 0 { try openIfThere() }
            let bytes = try block()
            if !bytes.isEmpty { return .bytes(bytes) }
            if let rest = reopenIfReplaced() { return .bytes(rest) }
            if let end, ContinuousClock.now >= end { return .nothingYet }
            usleep(UInt32(Self.pause / .microseconds(1)))
        }
        return .end
    }

    private func openIfThere() throws(InputError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor >= 0 || errno != ENOENT { try requireFile() }
    }

    /// What can be read now; nothing of a file that is not there.
    private func block() throws(InputError) -> [UInt8] {
        guard descriptor >= 0 else { return [] }
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.blockBytes) { buffer, count in
            let result = pread(descriptor, buffer.baseAddress, buffer.count, offset)
            failure = result < 0 && errno != EINTR ? errno : 0
            count = max(0, result)
        }
        guard failure == 0 else { throw .unreadable(name: "'\(path)'", errno: failure) }
        offset += bytes.count
        if let last = bytes.last { endsLine = last == UInt8(ascii: "\n") }
        return bytes
    }

    /// Begins anew where another file has the path, or where the file became shorter than what was read of it.
    ///
    /// - Returns: the end of the line that was left open there; nil where nothing was replaced, or none was open.
    private func reopenIfReplaced() -> [UInt8]? {
        guard let own = status(of: descriptor) else { return nil }
        var there = stat()
        let isReplaced =
            stat(path, &there) == 0 && (there.st_ino != own.st_ino || there.st_dev != own.st_dev)
        if isReplaced {
            // Between the two looks it may have gone again: the next look sees.
            let next = open(path, O_RDONLY | O_CLOEXEC)
            guard next >= 0 else { return nil }
            close(descriptor)
            descriptor = next
        } else if own.st_size >= offset {
            return nil
        }
        offset = 0
        defer { endsLine = true }
        return endsLine ? nil : [UInt8(ascii: "\n")]
    }

    /// Goes to the begin of the last lines.
    private func skip() throws(InputError) {
        var begins = [0]
        while true {
            let start = offset
            let bytes = try block()
            if bytes.isEmpty { break }
            for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
                skippedLines += 1
                begins.append(start + index + 1)
                if begins.count > Self.firstLines + 1 { begins.removeFirst() }
            }
        }
        // The last begin is that of a line only where something follows it.
        let lines = begins.last == offset ? begins.dropLast() : begins[...]
        let first = lines.suffix(Self.firstLines).first ?? offset
        skippedLines -= begins.count { $0 > first }
        offset = first
        endsLine = true
    }

    private func status(of descriptor: Int32) -> stat? {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? status : nil
    }
}
