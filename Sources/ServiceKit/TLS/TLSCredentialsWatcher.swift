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
        await cancelWhenGracefulShutdown {
            // Cancellation, by whichever way, is how this ends.
            while (try? await Task.sleep(for: interval)) != nil {
                for credential in credentials { look(at: credential) }
            }
        }
    }

    private func look(at credential: TLSCredentials) {
        let metadata: Logger.Metadata = [
            "role": "\(credential.role.rawValue)",
            "certificate": "\(credential.configuration.certificateChain ?? "none")",
        ]
        do {
            if try credential.reloadIfChanged() { logger.info("TLS credentials renewed", metadata: metadata) }
        } catch {
            logger.error(
                "TLS credentials not renewed, the old ones stay in use",
                metadata: metadata.merging(["error": "\(error)"]) { $1 })
        }
    }
}
