internal import Foundation

/// The right to write a snapshot file, which one process has at a time; the system takes it back when the process ends.
public struct SnapshotLock: ~Copyable, Sendable {
    private let descriptor: Int32

    /// Takes the lock of the snapshot file at `path`; it lies beside it, as `path.lock`.
    public init(path: String) throws(SnapshotFileError) {
        let lock = path + ".lock"
        descriptor = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SnapshotFileError(path: lock, step: .create) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let error = SnapshotFileError(path: path, step: .lock)
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }
}
