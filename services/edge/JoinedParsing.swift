internal import Pipeline
internal import Synchronization
internal import TocsinCore

/// A parsing tier whose small batches go out together where several wait at a time: most of what a call of a few lines
/// costs is the call.
///
/// A batch that comes while few calls are under way goes out at once and alone. Of those that wait, the first leads: it
/// takes the others' lines along in its own call and hands them their results. Where that call fails, as when its caller
/// hangs up, each of the others is parsed by a call of its own.
final class JoinedParsing: ParsingTier {
    private enum Turn: Sendable {
        case lead([Waiter])
        case parsed(ParsedBatch)
        case alone
    }

    private struct Waiter: Sendable {
        let lines: LineBlock
        let continuation: CheckedContinuation<Turn, Never>
    }

    private struct State {
        var callsUnderWay = 0
        var waiting: [Waiter] = []
    }

    /// More at a time would make the joined calls smaller; fewer would let one replica that hangs hold all up.
    static let maxCalls = 4
    /// Of a joined call, and of a batch that waits to be joined.
    static let maxLines = 256

    private let tier: any ParsingTier
    private let state = Mutex(State())

    init(_ tier: any ParsingTier) { self.tier = tier }

    func parse(_ batch: ParseBatch) async throws -> ParsedBatch {
        guard batch.forcedLogType == nil, batch.lines.count <= Self.maxLines else { return try await tier.parse(batch) }
        let turn = await withCheckedContinuation { continuation in
            let goes = state.withLock { state in
                guard state.callsUnderWay == Self.maxCalls else {
                    state.callsUnderWay += 1
                    return true
                }
                state.waiting.append(Waiter(lines: batch.lines, continuation: continuation))
                return false
            }
            if goes { continuation.resume(returning: .lead([])) }
        }
        switch turn {
        case .parsed(let parsed): return parsed
        case .alone: return try await tier.parse(batch)
        case .lead(let others):
            defer { passOn() }
            return others.isEmpty ? try await tier.parse(batch) : try await lead(batch.lines, others)
        }
    }

    func templates(_ query: TemplateQuery) async throws -> TemplatePage { try await tier.templates(query) }

    func info() async throws -> TierInfo { try await tier.info() }

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
            for other in others { other.continuation.resume(returning: .alone) }
            throw error
        }
        let results = Array(parsed.lines)
        func part(_ range: Range<Int>) -> ParsedBatch {
            ParsedBatch(lines: Array(results[range]), featureSchema: parsed.featureSchema)
        }
        var start = own.count
        for other in others {
            let end = start + other.lines.count
            other.continuation.resume(returning: .parsed(part(start..<end)))
            start = end
        }
        return part(0..<own.count)
    }

    /// Gives the place of a call that ended to the one that waited longest, with those behind it that fit.
    private func passOn() {
        let next = state.withLock { state -> (leader: Waiter, others: [Waiter])? in
            guard let leader = state.waiting.first else {
                state.callsUnderWay -= 1
                return nil
            }
            var count = leader.lines.count
            let others = state.waiting.dropFirst().prefix { waiter in
                count += waiter.lines.count
                return count <= Self.maxLines
            }
            state.waiting.removeFirst(1 + others.count)
            return (leader, Array(others))
        }
        next?.leader.continuation.resume(returning: .lead(next?.others ?? []))
    }
}
