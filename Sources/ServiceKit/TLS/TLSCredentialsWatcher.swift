internal import Glibc
public import Logging
public import ServiceLifecycle

/// Reloads credentials when one of their files changes, until graceful shutdown.
///
/// Certificate and key are two files and may be replaced one after the other: a pair that does not match yet is
/// logged, the old one stays in use, and the change of the second file loads both.
public struct TLSCredentialsWatcher: Service {
    private let credentials: [TLSCredentials]
    private let interval: Duration
    private let logger: Logger

    /// - Parameter interval: Between two looks at the files; the delay with which a renewal is seen.
    public init(credentials: [TLSCredentials], interval: Duration, logger: Logger) {
        self.credentials = credentials
        self.interval = interval
        self.logger = logger
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown { await watch() }
    }

    private func watch() async {
        var stamps = credentials.map { FileStamp.of($0.configuration.files) }
        while (try? await Task.sleep(for: interval)) != nil {
            for (index, credential) in credentials.enumerated() {
                // Taken before loading: a change during it is seen the next time.
                let now = FileStamp.of(credential.configuration.files)
                guard now != stamps[index] else { continue }
                stamps[index] = now
                reload(credential)
            }
        }
    }

    private func reload(_ credential: TLSCredentials) {
        let metadata: Logger.Metadata = [
            "role": "\(credential.role.rawValue)",
            "certificate": "\(credential.configuration.certificateChain ?? "none")",
        ]
        do {
            try credential.reload()
            logger.info("TLS credentials renewed", metadata: metadata)
        } catch {
            logger.error(
                "TLS credentials not renewed, the old ones stay in use",
                metadata: metadata.merging(["error": "\(error)"]) { $1 })
        }
    }
}

/// What changes when a file is rewritten or replaced (a symbolic link's target too); `nil` members: no such file.
private struct FileStamp: Hashable {
    var inode: UInt?
    var size: Int?
    var seconds: Int?
    var nanoseconds: Int?

    static func of(_ paths: [String]) -> [FileStamp] {
        paths.map { path in
            var status = stat()
            guard stat(path, &status) == 0 else { return FileStamp() }
            return FileStamp(
                inode: UInt(status.st_ino), size: Int(status.st_size), seconds: status.st_mtim.tv_sec,
                nanoseconds: status.st_mtim.tv_nsec)
        }
    }
}
