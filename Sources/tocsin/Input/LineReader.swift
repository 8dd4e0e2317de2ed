internal import Glibc
internal import TocsinCore

/// Why a file cannot be read.
struct InputError: Error, CustomStringConvertible {
    let description: String

    init(_ path: String, errno code: Int32) {
        description = "cannot read '\(path)': \(String(cString: strerror(code)))"
    }
}

/// Reads the lines of a file or of standard input in blocks, in memory that does not grow with the file.
actor LineReader {
    /// The most bytes kept of one line; what is beyond them is passed over.
    static let maxLineBytes = 1 << 20
    private static let blockBytes = 1 << 20

    private let path: String
    private let descriptor: Int32
    private var unfinished: [UInt8] = []
    private var isAtEnd = false
    /// Bytes read so far.
    private(set) var position = 0
    /// The file's size; nil where it has none, as a pipe.
    nonisolated let size: Int?

    /// - Parameter path: `-` stands for standard input.
    init(path: String) throws(InputError) {
        self.path = path
        descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw InputError(path, errno: errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw InputError(path, errno: errno) }
        size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    }

    deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

    /// The lines that were read next, without their ends; nil at the end of the input.
    func next() throws -> LineBlock? {
        var lines = LineBlock()
        while lines.isEmpty, !isAtEnd {
            let bytes = try read()
            if bytes.isEmpty {
                isAtEnd = true
                if !unfinished.isEmpty { append(unfinished[...], to: &lines) }
                unfinished = []
            } else {
                cut(bytes, into: &lines)
            }
        }
        return lines.isEmpty ? nil : lines
    }

    /// What is there to be read, without waiting for a block to fill: a pipe may bring a line at a time.
    private func read() throws(InputError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.blockBytes) { buffer, count in
            var result = -1
            repeat {
                result = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            } while result < 0 && errno == EINTR
            failure = result < 0 ? errno : 0
            count = max(0, result)
        }
        guard failure == 0 else { throw InputError(path, errno: failure) }
        position += bytes.count
        return bytes
    }

    private func cut(_ bytes: [UInt8], into lines: inout LineBlock) {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            if unfinished.isEmpty {
                append(rest[..<end], to: &lines)
            } else {
                keep(rest[..<end])
                append(unfinished[...], to: &lines)
                unfinished = []
            }
            rest = rest[(end + 1)...]
        }
        keep(rest)
    }

    private func keep(_ bytes: ArraySlice<UInt8>) {
        unfinished += bytes.prefix(Self.maxLineBytes - unfinished.count)
    }

    private func append(_ line: ArraySlice<UInt8>, to lines: inout LineBlock) {
        let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        lines.append(line.prefix(Self.maxLineBytes))
    }
}
