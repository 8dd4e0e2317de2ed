internal import Synchronization
internal import TocsinCore

/// What was read of a body and not yet answered, in order.
final class ReadRecords: Sendable {
    enum Entry: Sendable {
        /// A record, which stands there.
        case record(RecordPlace)
        /// What no record could be made of, and why.
        case unreadable(RecordPlace, raw: [UInt8], ItemFailure)
    }

    private let entries = Mutex<[Entry]>([])

    func append(_ entry: Entry) { entries.withLock { $0.append(entry) } }

    /// The next records, so many of them, and what is unreadable before, between and behind them.
    func take(records count: Int) -> [Entry] {
        entries.withLock { entries in
            var left = count
            let end = entries.firstIndex { entry in
                guard case .record = entry else { return false }
                left -= 1
                return left < 0
            }
            let taken = entries.prefix(upTo: end ?? entries.endIndex)
            defer { entries.removeFirst(taken.count) }
            return Array(taken)
        }
    }
}
