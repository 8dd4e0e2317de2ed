internal import Synchronization

/// The TLS context of a role, replaced when its files were renewed.
///
/// Connections take `current` when they begin; those that are open keep what they began with.
public final class TLSCredentials: Sendable {
    public let configuration: TLSConfiguration
    public let role: TLSRole
    private let context: Mutex<TLSContext>

    /// Loads the files; they must be right at the start.
    public init(configuration: TLSConfiguration, role: TLSRole) throws(TLSError) {
        self.configuration = configuration
        self.role = role
        self.context = Mutex(try TLSContext(configuration: configuration, role: role))
    }

    public var current: TLSContext {
        context.withLock { $0 }
    }

    /// Loads the files again; where they are wrong, throws and keeps the context in use.
    public func reload() throws(TLSError) {
        let renewed = try TLSContext(configuration: configuration, role: role)
        context.withLock { $0 = renewed }
    }
}
