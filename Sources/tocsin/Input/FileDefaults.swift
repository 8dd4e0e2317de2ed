internal import LogFormats
internal import Synchronization

/// What stands for the year and zone that lines of the file at hand leave out.
final class FileDefaults: Sendable {
    private let defaults = Mutex(Timestamp.Defaults())

    var value: Timestamp.Defaults {
        get { defaults.withLock { $0 } }
        set { defaults.withLock { $0 = newValue } }
    }
}
