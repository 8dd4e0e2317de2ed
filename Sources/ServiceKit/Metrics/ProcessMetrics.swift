import Foundation
import Glibc

/// What the kernel says of this process, under the names that Prometheus' own clients use.
enum ProcessMetrics {
    static func register(in registry: MetricsRegistry) {
        registry.observed("process_cpu_seconds_total", help: "CPU time spent, in seconds.", kind: .counter) {
            var usage = rusage()
            guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return nil }
            return seconds(usage.ru_utime) + seconds(usage.ru_stime)
        }
        registry.observed("process_resident_memory_bytes", help: "Resident memory.") {
            // statm counts pages: total, resident, …
            fields(of: "/proc/self/statm").flatMap { $0.count > 1 ? Double($0[1]) : nil }.map { $0 * pageSize }
        }
        registry.observed("process_open_fds", help: "Open file descriptors.") {
            (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { Double($0.count) }
        }
        let started = startTime()
        registry.observed("process_start_time_seconds", help: "Start of the process, in seconds since 1970.") {
            started
        }
    }

    private static let pageSize = Double(sysconf(Int32(_SC_PAGESIZE)))

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

    private static func fields(of path: String) -> [Substring]? {
        // A file of /proc has no size to read it by, so it is read as a stream.
        guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.readToEnd() else { return nil }
        return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    }

    private static func startTime() -> Double? {
        // Field 22 of stat counts clock ticks since boot; the name in field 2 may hold spaces, so count from its end.
        guard let fields = fields(of: "/proc/self/stat"), let name = fields.lastIndex(where: { $0.hasSuffix(")") }),
            fields.count > name + 20, let ticks = Double(fields[name + 20])
        else { return nil }
        var boot = timespec()
        var now = timespec()
        guard clock_gettime(CLOCK_BOOTTIME, &boot) == 0, clock_gettime(CLOCK_REALTIME, &now) == 0 else { return nil }
        let sinceBoot = Double(boot.tv_sec) + Double(boot.tv_nsec) / 1e9
        let age = sinceBoot - ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9 - age
    }
}
