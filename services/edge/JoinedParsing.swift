internal import Pipeline
internal import Synchronization
internal import TocsinCore

/// A parsing tier whose small batches go out together where several wait at a time: most of what a call of a few lines
/// costs is the call.
///
/// A batch that comes while few calls are under way goes out at once and alone. Of those that wait, the first leads: it
/// takes the others' lines along in its own call and hands them their results. Where that call fails, as when its caller
/// hangs up, each of the others is parsed by a call of its own. Who is cancelled waits no longer, whoever leads.
final class JoinedParsing: ParsingTier {
    private enum Turn: Sendable {
        case lead([Waiter])
        case parsed(ParsedBatch)
        case alone
    }

    private struct Waiter: Sendable {
        let number: Int
        let lines: LineBlock
    }

    private struct State {
        var callsUnderWay = 0
        /// In the order in which they came.
        var waiting: [Waiter] = []
        /// Of those that wait, or whose lines another one's call took along.
        var continuations: [Int: CheckedContinuation<Turn, any Error>] = [:]
    }

    /// More at a time would make the joined calls smaller; fewer would let one replica that hangs hold all up.
    static let maxCalls = 4
    /// Of a joined call, and of a batch that waits to be joined.
    static let maxLines = 256
    /// The same in bytes: larger batches are worth a call, and a call that took them along might be too large.
    static let maxBytes = 256 << 10

    private let tier: any ParsingTier
    private let state = Mutex(State())
    private let lastNumber = Atomic(0)

    init(_ tier: any ParsingTier) { self.tier = tier }

    func parse(_ batch: ParseBatch) async throws -> ParsedBatch {
        guard batch.forcedLogType == nil, batch.lines.count <= Self.maxLines, batch.lines.bytes.count <= Self.maxBytes
        else { return try await tier.parse(batch) }
        switch try await turn(for: batch.lines) {
        case .parsed(let parsed): return parsed
        case .alone: return try await tier.parse(batch)
        case .lead(let others):
            defer { passOn() }
            return others.isEmpty ? try await tier.parse(batch) : try await lead(batch.lines, others)
        }
    }

    func templates(_ query: TemplateQuery) async throws -> TemplatePage { try await tier.templates(query) }

    func info() async throws -> TierInfo { try await tier.info() }

    private func turn(for lines: LineBlock) async throws -> Turn {
        let number = lastNumber.add(1, ordering: .relaxed).newValue
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let goes = state.withLock { state in
                    guard state.callsUnderWay == Self.maxCalls else {
                        state.callsUnderWay += 1
                        return true
                    }
                    state.waiting.append(Waiter(number: number, lines: lines))
                    state.continuations[number] = continuation
                    return false
                }
                if goes { continuation.resume(returning: .lead([])) }
                if Task.isCancelled { end(number, with: .failure(CancellationError())) }
            }
        } onCancel: {
            end(number, with: .failure(CancellationError()))
        }
    }

    /// Ends a wait that has not ended.
    private func end(_ number: Int, with result: Result<Turn, any Error>) {
        let continuation = state.withLock { state in
            if case .failure = result { state.waiting.removeAll { $0.number == number } }
            return state.continuations.removeValue(forKey: number)
        }
        continuation?.resume(with: result)
    }

    private func lead(_ own: LineBlock, _ others: [Waiter]) async throws -> ParsedBatch {
        var lines = own
        for other in others { for line in other.lines { lines.append(line) } }
        let parsed: ParsedBatch
        do {
            parsed = try await tier.parse(ParseBatch(lines: lines))
            guard parsed.lines.count == lines.count else {
                throw TierError.failed(
                    tier: "parser", reason: "\(parsed.lines.count) results came for \(lines.count) lines")
            }
        } catch {
            for other in others { end(other.number, with: .success(.alone)) }
            throw error
        }
        let results = Array(parsed.lines)
        func part(_ range: Range<Int>) -> ParsedBatch {
            ParsedBatch(lines: Array(results[range]), featureSchema: parsed.featureSchema)
        }
        var start = own.count
        for other in others {
            let next = start + other.lines.count
            end(other.number, with: .success(.parsed(part(start..<next))))
            start = next
        }
        return part(0..<own.count)
    }

    /// Gives the place of a call that ended to the one that waited longest, with those behind it that fit.
    private func passOn() {
        let next = state.withLock { state -> (CheckedContinuation<Turn, any Error>, [Waiter])? in
            guard let leader = state.waiting.first, let continuation = state.continuations[leader.number] else {
                state.callsUnderWay -= 1
                return nil
            }
            var (count, bytes) = (leader.lines.count, leader.lines.bytes.count)
            let others = state.waiting.dropFirst().prefix { waiter in
                count += waiter.lines.count
                bytes += waiter.lines.bytes.count
                return count <= Self.maxLines && bytes <= Self.maxBytes
            }
            state.waiting.removeFirst(1 + others.count)
            state.continuations[leader.number] = nil
            return (continuation, Array(others))
        }
        if let (leader, others) = next { leader.resume(returning: .lead(others)) }
    }
}
