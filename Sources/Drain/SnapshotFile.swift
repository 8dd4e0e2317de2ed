internal import Foundation

/// Writes a file so that it is the old or the new one at any moment, whatever stops the program.
public enum SnapshotFile {
    /// Puts `bytes` in the place of the file at `path`: written beside it, flushed to the disk, then renamed.
    public static func write(_ bytes: [UInt8], to path: String) throws(SnapshotFileError) {
        let temporary = "\(path).\(ProcessInfo.processInfo.processIdentifier).new"
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

/// Why a snapshot was not written; the file at its place is the old one.
public struct SnapshotFileError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Step: String, Sendable { case create, write, flush, rename }

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
        "cannot \(step.rawValue) '\(path)': \(reason); the snapshot before this one is untouched; "
            + "see to the folder's rights and free space"
    }
}
