import Foundation
import Glibc
import JSONText
public import Logging

/// Writes each event as one JSON object on a line of standard error:
/// `{"time":"…","level":"info","label":"tocsin-parser","message":"…","request_id":"…",…}`.
///
/// Metadata become members of the object, after the fixed ones; a request id comes from the call at hand.
public struct JSONLogHandler: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    public var logLevel: Logger.Level
    private let label: String
    private let write: @Sendable ([UInt8]) -> Void

    /// - Parameter write: takes one whole line, its end included.
    init(
        label: String, level: Logger.Level, metadataProvider: Logger.MetadataProvider?,
        write: @escaping @Sendable ([UInt8]) -> Void = Self.writeToStandardError
    ) {
        self.label = label
        self.logLevel = level
        self.metadataProvider = metadataProvider
        self.write = write
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var members = metadata
        if let provided = metadataProvider?.get() { members.merge(provided) { _, new in new } }
        if let given = event.metadata { members.merge(given) { _, new in new } }
        var line = JSONWriter()
        line.object { line in
            line.member("time", Self.timestamp())
            line.member("level", event.level.rawValue)
            line.member("label", label)
            line.member("message", "\(event.message)")
            if let error = event.error { line.member("error", "\(error)") }
            for (name, value) in members.sorted(by: { $0.key < $1.key }) { line.member(name, "\(value)") }
        }
        line.newline()
        write(line.bytes)
    }

    private static func timestamp() -> String {
        Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// One `write` a line, so that lines of several threads do not mix.
    @Sendable private static func writeToStandardError(_ line: [UInt8]) {
        _ = line.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

extension JSONLogHandler {
    /// Sends the logs of the whole process to this handler; works once.
    public static func bootstrap(level: Logger.Level) {
        LoggingSystem.bootstrap(
            { label, provider in JSONLogHandler(label: label, level: level, metadataProvider: provider) },
            metadataProvider: .currentCall)
    }
}

extension Logger.MetadataProvider {
    /// The id of the request that the current task works for.
    static let currentCall = Logger.MetadataProvider {
        CallContext.current.map { ["request_id": "\($0.requestID)"] } ?? [:]
    }
}
