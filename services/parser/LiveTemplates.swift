import Dispatch
import Drain
import Foundation
import GRPCCore
import LogParsing
import ServiceKit
import Synchronization
import TocsinCore

/// The parser's live tree as users and other replicas see it.
///
/// What takes long with many templates is done in a copy of the tree, on threads of its own: neither lines nor other calls
/// wait for it.
final class LiveTemplates: Sendable {
    /// New with each start, so that nobody takes positions in this tree for positions in another.
    let tree = ReplicaName.random()
    private let parser: LineParser
    private let merging = DispatchQueue(label: "tocsin.templates.merging", qos: .utility)
    private let reading = DispatchQueue(label: "tocsin.templates.reading", qos: .utility, attributes: .concurrent)

    /// The bytes of records in one answer to a replica, roughly: lines wait while it is put together.
    static let syncBytes = 1 << 18
    static let maxNameBytes = 200

    init(_ parser: LineParser) { self.parser = parser }

    var count: Int { parser.withLiveTree { $0.count } }
    var position: UInt64 { parser.withLiveTree { $0.position } }

    /// Writes all that is known, with the name it is counted under, and returns how many bytes that takes.
    func write(isFinal: Bool, to path: String) async throws(SnapshotFileError) -> Int {
        try await reading.run { [parser] in
            Result { () throws(SnapshotFileError) in
                let tree = parser.liveTreeCopy()
                let bytes = TemplateSnapshot(replica: tree.replica, isFinal: isFinal, state: tree.state).encoded()
                try SnapshotFile.write(bytes, to: path)
                return bytes.count
            }
        }.get()
    }

    func page(_ query: TemplateQuery) async -> TemplatePage {
        await reading.run { [parser] in TemplatePage(query, of: parser.liveTreeCopy().summaries()) }
    }

    func pin(_ request: PinTemplate) throws -> TemplateSummary {
        try edit(request.id) { tree, now throws(TemplateEditError) in
            try tree.setPinned(request.isPinned, request.id, at: now)
        }
    }

    func rename(_ request: RenameTemplate) throws -> TemplateSummary {
        if let name = request.name, name.utf8.count > Self.maxNameBytes {
            throw RPCError(
                code: .invalidArgument,
                message: "the name has \(name.utf8.count) bytes, at most \(Self.maxNameBytes) are taken; shorten it")
        }
        return try edit(request.id) { tree, now throws(TemplateEditError) in
            try tree.rename(request.id, to: request.name, at: now)
        }
    }

    /// The template as it was.
    func delete(_ request: DeleteTemplate) throws -> TemplateSummary {
        try result(
            parser.withLiveTree { tree in
                Result { () throws(TemplateEditError) in
                    guard let former = tree.summary(of: request.id) else { throw .unknownTemplate(id: request.id) }
                    try tree.delete(request.id)
                    return former
                }
            })
    }

    /// What changed since the position that a replica asks from; all of it where it knows another tree.
    func changes(for request: SyncRequest) -> SyncResponse {
        let position = request.tree == tree ? request.position : 0
        let (replica, changes) = parser.withLiveTree {
            ($0.replica, $0.changes(after: position, maxBytes: Self.syncBytes))
        }
        return SyncResponse(
            replica: replica, tree: tree, position: changes.position, hasMore: changes.hasMore,
            records: changes.records)
    }

    /// Takes over what another replica knows.
    ///
    /// - Returns: false where that replica counts under this one's name; this one has a new name since.
    func merge(_ records: [TemplateRecord], from replica: String) async -> Bool {
        await merging.run { [parser] in
            let isOther = parser.withLiveTree { tree in
                let isOther = tree.replica != replica
                if !isOther { tree.count(as: ReplicaName.random()) }
                return isOther
            }
            parser.mergeIntoLiveTree(records)
            return isOther
        }
    }

    /// Takes over templates that were kept elsewhere.
    func take(_ request: ImportTemplates) async -> ImportedTemplates {
        await merging.run { [parser] in parser.mergeIntoLiveTree(request.records) }
        return ImportedTemplates(count: count)
    }

    private func edit(
        _ id: String, _ change: @Sendable (inout DrainTree, Int64) throws(TemplateEditError) -> Void
    ) throws -> TemplateSummary {
        let now = Int64((Date().timeIntervalSince1970 * 1000).rounded())
        return try result(
            parser.withLiveTree { tree in
                Result { () throws(TemplateEditError) in
                    try change(&tree, now)
                    guard let summary = tree.summary(of: id) else { throw .unknownTemplate(id: id) }
                    return summary
                }
            })
    }

    private func result(_ result: Result<TemplateSummary, TemplateEditError>) throws(RPCError) -> TemplateSummary {
        do { return try result.get() } catch {
            let code: RPCError.Code =
                switch error {
                case .unknownTemplate: .notFound
                }
            throw RPCError(code: code, message: error.description)
        }
    }
}

extension DispatchQueue {
    /// Runs `work` on the queue's own thread, not on one of those that all tasks share.
    fileprivate func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in self.async { continuation.resume(returning: work()) } }
    }
}

/// The name that a tree counts under: no other tree ever has it.
enum ReplicaName {
    static func random() -> String { "parser-" + RequestID.random() }
}
