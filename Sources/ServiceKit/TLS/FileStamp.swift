internal import Glibc

/// What changes when a file is rewritten or replaced (a symbolic link's target too).
struct FileStamp: Hashable, Sendable {
    /// Where there is no such file, all members are `nil`.
    private var inode: UInt?
    private var size: Int?
    private var seconds: Int?
    private var nanoseconds: Int?

    init(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        inode = UInt(status.st_ino)
        size = Int(status.st_size)
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
    }

    static func of(_ paths: [String]) -> [FileStamp] {
        paths.map { FileStamp($0) }
    }
}
