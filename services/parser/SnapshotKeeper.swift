import Drain
import Foundation
import Logging
import ServiceKit
import ServiceLifecycle

/// Keeps the live tree in a file: written at the start, in intervals while it changes, and last at the end.
///
/// Whatever stops the program, the file is one of those that were written whole.
final class SnapshotKeeper: Service {
    private let path: String
    private let interval: Duration
    private let templates: LiveTemplates
    private let lock: SnapshotLock
    private let metrics: SnapshotMetrics
    private let logger: Logger

    init(
        path: String, interval: Duration, templates: LiveTemplates, lock: consuming SnapshotLock,
        metrics: SnapshotMetrics, logger: Logger
    ) {
        self.path = path
        self.interval = interval
        self.templates = templates
        self.lock = lock
        self.metrics = metrics
        self.logger = logger
    }

    /// - Throws: `SnapshotFileError` where the first snapshot cannot be written: better now than at the end.
    func run() async throws {
        let first = try await write(isFinal: false)
        await cancelWhenGracefulShutdown {
            var written = first
            // Sleeping ends with an error when the program does.
            while (try? await Task.sleep(for: self.interval)) != nil {
                guard self.templates.position != written else { continue }
                written = await self.tryToWrite(isFinal: false) ?? written
            }
        }
        _ = await tryToWrite(isFinal: true)
    }

    /// The position that the snapshot reaches to; nil where it could not be written, which the next one may mend.
    private func tryToWrite(isFinal: Bool) async -> UInt64? {
        do { return try await write(isFinal: isFinal) } catch {
            metrics.failed()
            logger.error("no snapshot of the templates was written", error: error)
            return nil
        }
    }

    private func write(isFinal: Bool) async throws(SnapshotFileError) -> UInt64 {
        let started = ContinuousClock.now
        let position = templates.position
        let bytes = try await templates.write(isFinal: isFinal, to: path)
        metrics.wrote(bytes: bytes, duration: ContinuousClock.now - started, at: Date())
        logger.debug("wrote a snapshot of the templates", metadata: ["path": "\(path)", "bytes": "\(bytes)"])
        return position
    }
}

/// What is said of snapshots in the metrics.
struct SnapshotMetrics: Sendable {
    private let snapshots: Counter
    private let bytes: Gauge
    private let lastTime: Gauge
    private let seconds: Histogram
    private let setAside: Gauge

    init(_ registry: MetricsRegistry) {
        snapshots = registry.counter(
            "tocsin_template_snapshots_total", help: "Snapshots of the live templates, by outcome.",
            labels: ["outcome"])
        bytes = registry.gauge("tocsin_template_snapshot_bytes", help: "Size of the last snapshot.")
        lastTime = registry.gauge(
            "tocsin_template_snapshot_timestamp_seconds", help: "When the last snapshot was written, since 1970.")
        seconds = registry.histogram(
            "tocsin_template_snapshot_seconds", help: "Time to take, encode and write a snapshot.",
            buckets: Histogram.latencyBuckets)
        setAside = registry.gauge(
            "tocsin_template_snapshot_set_aside", help: "1 where the snapshot at the start could not be used.")
    }

    func wrote(bytes count: Int, duration: Duration, at time: Date) {
        snapshots.add(labels: ["written"])
        bytes.set(Double(count))
        lastTime.set(time.timeIntervalSince1970)
        seconds.observe(duration / .seconds(1))
    }

    func failed() { snapshots.add(labels: ["failed"]) }

    func wasSetAside() { setAside.set(1) }
}
