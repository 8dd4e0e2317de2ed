internal import Synchronization

/// The TLS context of a role, replaced when its files were renewed.
///
/// Connections take `current` when they begin; those that are open keep what they began with.
public final class TLSCredentials: Sendable {
    private struct Loaded {
        var context: TLSContext
        /// Of the files as they were looked at last.
        var stamps: [FileStamp]
    }

    public let configuration: TLSConfiguration
    public let role: TLSRole
    private let loaded: Mutex<Loaded>

    /// Loads the files; they must be right at the start.
    public init(configuration: TLSConfiguration, role: TLSRole) throws(TLSError) {
        self.configuration = configuration
        self.role = role
        // Stamps come first: a change while the files are read is seen by the next look.
        let stamps = FileStamp.of(configuration.files)
        self.loaded = Mutex(Loaded(context: try TLSContext(configuration: configuration, role: role), stamps: stamps))
    }

    public var current: TLSContext {
        loaded.withLock { $0.context }
    }

    /// Loads the files again; where they are wrong, throws and keeps the context in use.
    public func reload() throws(TLSError) {
        let stamps = FileStamp.of(configuration.files)
        loaded.withLock { $0.stamps = stamps }
        let renewed = try TLSContext(configuration: configuration, role: role)
        loaded.withLock { $0.context = renewed }
    }

    /// Reloads if a file is not what it was at the last look. A failure is thrown once, not at every look.
    /// - Returns: whether the context was replaced.
    public func reloadIfChanged() throws(TLSError) -> Bool {
        let stamps = FileStamp.of(configuration.files)
        guard loaded.withLock({ $0.stamps != stamps }) else { return false }
        try reload()
        return true
    }
}
