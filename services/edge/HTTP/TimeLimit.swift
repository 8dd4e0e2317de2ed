internal import NIOCore
internal import NIOPosix

/// The result of `work`, which is cancelled when `deadline` passes.
///
/// The timer is an event loop's, which forgets one that is cancelled; `Task.sleep` keeps it until it would have ended, and
/// with thousands of requests a second those would be many.
///
/// - Throws: `problem` where the deadline passes, or what `work` throws.
func within<Result: Sendable>(
    _ deadline: ContinuousClock.Instant, else problem: Problem, _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result.self) { group in
        group.addTask { try await work() }
        group.addTask {
            let (stream, continuation) = AsyncStream<Void>.makeStream()
            let wait = TimeAmount(ContinuousClock.now.duration(to: deadline))
            let timer = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: wait) { _ = continuation.yield() }
            defer { timer.cancel() }
            for await _ in stream { throw problem }
            throw CancellationError()
        }
        defer { group.cancelAll() }
        guard let result = try await group.next() else { throw CancellationError() }
        return result
    }
}
