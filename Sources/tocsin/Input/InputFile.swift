internal import Glibc
internal import Synchronization

/// How many bytes of an input were read, told without waiting for the read that is under way.
final class InputPosition: Sendable {
    private let count = Atomic(0)

    var bytes: Int { count.load(ordering: .relaxed) }

    func advance(by bytes: Int) { count.add(bytes, ordering: .relaxed) }
}

/// An open file or standard input, and the bytes that lie there.
final class InputFile {
    /// What a read brought.
    enum Piece: Equatable {
        case bytes([UInt8])
        case end
        /// Nothing came while the caller was willing to wait.
        case nothingYet
    }

    private static let blockBytes = 1 << 20

    /// How messages call the input: its path in quotes, or `standard input`.
    let name: String
    /// The file's size; nil where it has none, as a pipe.
    let size: Int?
    /// When the file was last changed, in seconds since 1970; nil for what is no file.
    let modified: Int?
    let position = InputPosition()
    /// Below 0 where the file is followed.
    private let descriptor: Int32
    /// The file as it grows; nil where its end is the end.
    private let followed: FollowedFile?

    /// - Parameters:
    ///   - path: `-` stands for standard input.
    ///   - interruption: what ends a file that is followed; nil reads what is there.
    init(path: String, followingUntil interruption: Interruption? = nil) throws(InputError) {
        let name = path == "-" ? "standard input" : "'\(path)'"
        if let interruption {
            let file = try FollowedFile(path: path, until: interruption)
            self.name = name
            (followed, descriptor, size, modified) = (file, -1, nil, file.modified)
            return
        }
        followed = nil
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(name: name, errno: errno) }
        self.name = name
        self.descriptor = descriptor
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(name: name, errno: errno) }
        let isFile = status.st_mode & S_IFMT == S_IFREG
        size = isFile ? Int(status.st_size) : nil
        modified = isFile ? status.st_mtim.tv_sec : nil
        if status.st_mode & S_IFMT == S_IFDIR { throw .folder(name: name) }
    }

    deinit { if descriptor > STDIN_FILENO { close(descriptor) } }

    /// Lines of a followed file before the first that is read.
    var skippedLines: Int { followed?.skippedLines ?? 0 }

    /// What is there to be read, without waiting for a block to fill: a pipe may bring a line at a time.
    ///
    /// - Parameter patience: how long to wait for anything at all; nil for as long as it takes.
    func read(waiting patience: Duration?) throws(InputError) -> Piece {
        if let followed { return try followed.read(waiting: patience) }
        if let patience, try !isReadable(within: patience) { return .nothingYet }
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.blockBytes) { buffer, count in
            var result = -1
            repeat {
                result = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            } while result < 0 && errno == EINTR
            failure = result < 0 ? errno : 0
            count = max(0, result)
        }
        guard failure == 0 else { throw .unreadable(name: name, errno: failure) }
        position.advance(by: bytes.count)
        return bytes.isEmpty ? .end : .bytes(bytes)
    }

    private func isReadable(within patience: Duration) throws(InputError) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let milliseconds = Int32(clamping: Int((patience / .milliseconds(1)).rounded(.up)))
        let result = poll(&request, 1, max(0, milliseconds))
        // An interrupted wait counts as one that is over: the caller comes again.
        guard result >= 0 || errno == EINTR else { throw .unreadable(name: name, errno: errno) }
        return result > 0
    }
}
