internal import Logging
public import ServiceLifecycle

/// Runs `body` while services run, and ends them as SIGTERM does, the last one first.
///
/// Not by cancelling: a server that is cancelled while a stream comes in traps in swift-nio (apple/swift-nio#3481).
public func whileRunning<Result>(_ services: [any Service], _ body: () async throws -> Result) async throws -> Result {
    let group = ServiceGroup(services: services, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        let outcome: Swift.Result<Result, any Error>
        do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
        return try outcome.get()
    }
}
