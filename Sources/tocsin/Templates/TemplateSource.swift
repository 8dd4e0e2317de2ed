internal import Drain
internal import Foundation
internal import LogFormats
internal import LogParsing
internal import TocsinCore

/// Where the command line's templates come from, and where they go.
enum TemplateSource {
    struct StateError: Error, CustomStringConvertible {
        let description: String
    }

    /// One tree of all files: states are merged, log files are mined.
    static func tree(of files: [String]) async throws -> DrainTree {
        let parser = LineParser(
            library: try .standard(), frozenTree: FrozenTree(typedTexts: []),
            liveTree: DrainTree(replica: newReplicaName()))
        for file in files {
            if try isState(file) {
                let state = try snapshot(at: file).state
                parser.withLiveTree { $0.merge(state) }
            } else {
                try await mine(file, with: parser)
            }
        }
        return parser.withLiveTree { $0 }
    }

    private static func mine(_ file: String, with parser: LineParser) async throws {
        let reader = try RecordReader(path: file)
        let defaults = Timestamp.Defaults(
            referenceSeconds: reader.modified ?? Int(Date().timeIntervalSince1970), offset: .zero)
        while let block = try await reader.next() {
            _ = try parser.parse(ParseBatch(lines: block.records), timestampDefaults: defaults)
        }
    }

    static func snapshot(at path: String) throws -> TemplateSnapshot {
        guard let bytes = try SnapshotFile.read(path) else {
            throw StateError(description: "there is no file '\(path)'")
        }
        do { return try TemplateSnapshot(decoding: bytes) } catch {
            throw StateError(description: "'\(path)' is no state that can be used: \(error)")
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
        var tree = DrainTree(
            restoring: former?.state ?? TemplateState(), replica: former?.replica ?? newReplicaName())
        tree.merge(state)
        try write(tree, isFinal: former?.isFinal ?? true, to: path)
    }

    private static func write(_ tree: DrainTree, isFinal: Bool, to path: String) throws {
        let snapshot = TemplateSnapshot(replica: tree.replica, isFinal: isFinal, state: tree.state)
        try SnapshotFile.write(snapshot.encoded(), to: path)
        let messages = tree.summaries().reduce(0) { $0 + $1.count }
        FileHandle.standardError.write(Data("\(path): \(tree.count) templates of \(messages) messages\n".utf8))
    }

    /// Never used before: what is written here may be merged with any other state.
    private static func newReplicaName() -> String { "tocsin-\(UUID().uuidString.lowercased())" }

    /// True for a file that says so in its first line.
    private static func isState(_ path: String) throws -> Bool {
        guard path != "-", let handle = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? handle.close() }
        return TemplateSnapshot.isSnapshot(try handle.read(upToCount: 64) ?? Data())
    }
}
