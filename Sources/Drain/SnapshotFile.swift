public import Foundation

/// Writes a file so that it is the old or the new one at any moment, whatever stops the program.
public enum SnapshotFile {
    /// Puts `bytes` in the place of the file at `path`: written beside it, flushed to the disk, then renamed.
    ///
    /// Several writers of one path exclude one another by a `SnapshotLock`.
    public static func write(_ bytes: [UInt8], to path: String) throws(SnapshotFileError) {
        // One name, so that a writer that was killed leaves one file at most, which the next one writes over.
        let temporary = path + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SnapshotFileError(path: temporary, step: .create) }
        do {
            defer { close(descriptor) }
            try write(bytes, to: descriptor, path: temporary)
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let error = SnapshotFileError(path: path, step: .rename)
            unlink(temporary)
            throw error
        }
        // The new name is on the disk once the folder is.
        let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    /// The bytes of the file at `path`; nil where there is none.
    public static func read(_ path: String) throws(SnapshotFileError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { return nil }
        guard descriptor >= 0 else { throw SnapshotFileError(path: path, step: .read) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = part.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SnapshotFileError(path: path, step: .read) }
            if count == 0 { return bytes }
            bytes += part[..<count]
        }
    }

    /// Renames a file that cannot be used, so that nothing is lost, and returns its new path.
    public static func setAside(_ path: String, at time: Date) throws(SnapshotFileError) -> String {
        let aside = "\(path).unusable-\(time.formatted(.iso8601).replacing(":", with: ""))"
        guard rename(path, aside) == 0 else { throw SnapshotFileError(path: path, step: .rename) }
        return aside
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(SnapshotFileError) {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw SnapshotFileError(path: path, step: .write) }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw SnapshotFileError(path: path, step: .flush) }
    }
}

/// Why a snapshot was not read or written; the file at its place is as it was.
public struct SnapshotFileError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Step: String, Sendable { case read, lock, create, write, flush, rename }

    public let path: String
    public let step: Step
    /// What the system said.
    public let reason: String

    init(path: String, step: Step) {
        self.path = path
        self.step = step
        reason = String(cString: strerror(errno))
    }

    public var description: String {
        switch step {
        case .read: "cannot read '\(path)': \(reason); see to the file's rights, or name another with --state"
        case .lock:
            "cannot lock '\(path)': another process writes this file (\(reason)); give each parser a file of its own "
                + "with --state"
        case .create, .write, .flush, .rename:
            "cannot \(step.rawValue) '\(path)': \(reason); the snapshot before this one is untouched; "
                + "see to the folder's rights and free space"
        }
    }
}
