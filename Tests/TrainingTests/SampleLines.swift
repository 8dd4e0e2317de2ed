import Foundation
import TocsinCore

@testable import Training

/// Labelled lines that were written for these tests.
enum SampleLines {
    static let classes: [(AnomalyClass, [String])] = [
        (.normal, ["backup of volume finished", "session opened for operator", "listening on port 8080"]),
        (.securityAnomaly, ["password refused for operator", "access denied to vault", "login attempt was rejected"]),
        (.systemFailure, ["worker crashed with signal 11", "service aborted", "panic in scheduler"]),
        (.performanceIssue, ["queue is full", "request took 9000 ms", "consumer lags behind by 512 batches"]),
        (.networkAnomaly, ["peer reset the connection", "no route to gateway", "link eth1 went down"]),
        (.configError, ["unknown option in settings", "missing module for plugin", "value of retries is malformed"]),
        (.hardwareIssue, ["disk sdb reports bad sectors", "fan 2 stopped spinning", "parity error in bank 3"]),
    ]

    /// `count` variants of each message, in a folder's worth of sources.
    static func lines(variants: Int) -> [LabelledLine] {
        classes.flatMap { anomalyClass, messages in
            messages.enumerated().flatMap { index, message in
                (0..<variants).map { variant in
                    LabelledLine(
                        line: Array("2024-05-01 10:00:0\(variant % 10) \(message) on unit\(variant)".utf8),
                        label: anomalyClass, origin: .loghub, system: LogHub.sources[(index * 5) % 16],
                        templateID: "\(LogHub.sources[(index * 5) % 16])/\(anomalyClass.rawValue).\(index)")
                }
            }
        }
    }

    static var templates: [LogHub.Template] {
        var seen = Set<String>()
        return lines(variants: 1).filter { seen.insert($0.templateID ?? "").inserted }.map {
            LogHub.Template(
                id: $0.templateID ?? "", source: $0.system,
                text: String(decoding: $0.line.dropFirst(20), as: UTF8.self),
                label: $0.label)
        }
    }
}

/// A folder that is removed with the value's last use.
final class TemporaryFolder {
    let path = NSTemporaryDirectory() + "tocsin-training-\(UUID().uuidString)"

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: path + "/" + name))
        return path + "/" + name
    }
}
