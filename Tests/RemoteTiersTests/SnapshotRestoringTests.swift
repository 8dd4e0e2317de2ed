import Drain
import Foundation
import Logging
import ServiceKit
import Testing

@testable import tocsin_parser

@Suite("The snapshot at the parser's start")
struct SnapshotRestoringTests {
    private let folder: URL
    private var path: String { folder.appending(path: "templates").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func open(_ registry: MetricsRegistry = MetricsRegistry()) throws -> DrainTree {
        try DrainTree(
            snapshotAt: path, configuration: DrainConfiguration(), metrics: SnapshotMetrics(registry),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func write(isFinal: Bool) throws -> DrainTree {
        var tree = DrainTree(replica: "first")
        _ = tree.add("disk full", seenAt: 7)
        try SnapshotFile.write(
            TemplateSnapshot(replica: "first", isFinal: isFinal, state: tree.state).encoded(), to: path)
        return tree
    }

    @Test(
        "a tree goes on under its name after an orderly end, and under a new one after a crash",
        arguments: [true, false])
    func restoring(isFinal: Bool) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let former = try write(isFinal: isFinal)
        let tree = try open()
        #expect(tree.summaries() == former.summaries())
        #expect((tree.replica == "first") == isFinal)
    }

    @Test("without a snapshot the tree is empty, and its name is new each time")
    func nothing() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let (one, other) = (try open(), try open())
        #expect(one.count == 0 && one.replica != other.replica)
    }

    @Test("a snapshot that is cut, damaged or of a later version is set aside, and the tree starts empty")
    func unusable() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try write(isFinal: true)
        let whole = try #require(try SnapshotFile.read(path))
        let later = Array("tocsin-live-templates 3 0 0\n{}\n".utf8)
        for unusable in [Array(whole.dropLast(5)), whole.map { $0 ^ 1 }, later, []] {
            try Data(unusable).write(to: folder.appending(path: "templates"))
            let registry = MetricsRegistry()
            let tree = try open(registry)
            #expect(tree.count == 0 && tree.replica != "first")
            #expect(registry.page().contains("tocsin_template_snapshot_set_aside 1"))
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            let aside = try #require(files.first)
            #expect(files.count == 1 && aside.hasPrefix("templates.unusable-"))
            #expect(try SnapshotFile.read(folder.appending(path: aside).path) == unusable)
            try FileManager.default.removeItem(at: folder.appending(path: aside))
        }
    }

    @Test("a state that is no file is refused")
    func folderForFile() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        #expect(throws: SnapshotFileError.self) { try open() }
    }
}
