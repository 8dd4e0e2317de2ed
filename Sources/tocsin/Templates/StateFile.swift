internal import Drain
internal import Foundation
internal import TocsinCore

/// States in files, as the parser service keeps them.
enum StateFile {
    struct UnusableError: Error, CustomStringConvertible {
        let description: String
    }

    static func snapshot(at path: String) throws -> TemplateSnapshot {
        guard let bytes = try SnapshotFile.read(path) else {
            throw UnusableError(description: "there is no file '\(path)'")
        }
        do { return try TemplateSnapshot(decoding: bytes) } catch {
            throw UnusableError(description: "'\(path)' is no state that can be used: \(error)")
        }
    }

    /// Writes all that a tree knows.
    static func write(_ tree: DrainTree, to path: String) throws {
        let lock = try SnapshotLock(path: path)
        defer { withExtendedLifetime(lock) {} }
        try write(tree, isFinal: true, to: path)
    }

    /// Merges a state into the one at `path`.
    static func write(_ state: TemplateState, into path: String) throws {
        let lock = try SnapshotLock(path: path)
        defer { withExtendedLifetime(lock) {} }
        let former = try SnapshotFile.read(path) == nil ? nil : try snapshot(at: path)
        let known = former?.state ?? TemplateState()
        var tree = DrainTree(
            restoring: known, configuration: configuration(holding: [known, state]),
            replica: former?.replica ?? newReplicaName())
        tree.merge(state)
        try write(tree, isFinal: former?.isFinal ?? true, to: path)
    }

    private static func write(_ tree: DrainTree, isFinal: Bool, to path: String) throws {
        let snapshot = TemplateSnapshot(replica: tree.replica, isFinal: isFinal, state: tree.state)
        try SnapshotFile.write(snapshot.encoded(), to: path)
        let messages = tree.summaries().reduce(0) { $0 + $1.count }
        FileHandle.standardError.write(Data("\(path): \(tree.count) templates of \(messages) messages\n".utf8))
    }

    /// With room for all that is known: a parser may have been told to keep more than it does by itself.
    static func configuration(holding states: [TemplateState]) -> DrainConfiguration {
        var configuration = DrainConfiguration()
        let count = states.reduce(0) { $0 + $1.records.count }
        configuration.maxTemplates = max(configuration.maxTemplates, count)
        configuration.maxTombstones = max(configuration.maxTombstones, count)
        return configuration
    }

    /// Never used before: what is written here may be merged with any other state.
    static func newReplicaName() -> String { "tocsin-\(UUID().uuidString.lowercased())" }

    /// True for a file that says so in its first line.
    static func isState(_ path: String) throws -> Bool {
        guard path != "-", let handle = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? handle.close() }
        return TemplateSnapshot.isSnapshot(try handle.read(upToCount: 64) ?? Data())
    }
}
