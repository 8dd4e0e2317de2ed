internal import Foundation
internal import Logging
internal import ServiceLifecycle
internal import Synchronization

/// The API keys that are good now: read again when their file changes, so that keys come and go without a restart.
final class KeyRing: Service {
    private struct Loaded {
        var data: Data
        var keys: [String: APIKey]  // by hash
    }

    private let file: KeyFile
    private let interval: Duration
    private let logger: Logger
    private let loaded: Mutex<Loaded>

    /// Reads the file; it must be right at the start.
    init(_ file: KeyFile, interval: Duration = .seconds(2), logger: Logger) throws(KeyFileError) {
        self.file = file
        self.interval = interval
        self.logger = logger
        loaded = Mutex(try Self.load(try file.bytes(), path: file.path))
    }

    /// The key that a caller shows; nil where it is none of ours.
    ///
    /// The look-up is by hash: how long it takes says nothing of a key.
    func key(for text: String) -> APIKey? {
        let hash = APIKey.hash(text)
        return loaded.withLock { $0.keys[hash] }
    }

    var count: Int { loaded.withLock { $0.keys.count } }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: self.interval)) != nil { self.reloadIfChanged() }
        }
    }

    func reloadIfChanged() {
        do {
            let data = try file.bytes()
            guard loaded.withLock({ $0.data != data }) else { return }
            let renewed = try Self.load(data, path: file.path)
            loaded.withLock { $0 = renewed }
            logger.info("API keys renewed", metadata: ["keys": "\(renewed.keys.count)"])
        } catch {
            logger.error("API keys not renewed, the old ones stay good", error: error)
        }
    }

    private static func load(_ data: Data, path: String) throws(KeyFileError) -> Loaded {
        let keys = try KeyFile.keys(in: data, path: path)
        return Loaded(data: data, keys: Dictionary(keys.map { ($0.sha256, $0) }) { first, _ in first })
    }
}
