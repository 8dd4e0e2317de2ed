import Classification
import Drain
import Embedding
import Foundation
import LocalTiers
import LogFormats
import LogParsing
import Pipeline
import Synchronization
import Testing
import TocsinCore

@Suite struct LocalTiersTests {
    static let parser = Result {
        LocalParsingTier(
            LineParser(library: try .standard(), frozenTree: FrozenTree(typedTexts: ["disk <*> is full"])),
            maxBatchItems: 10)
    }

    @Test("the parser's answers come through, with what they depend on")
    func parsing() async throws {
        let tier = try Self.parser.get()
        let parsed = try await tier.parse(ParseBatch(lines: ["Jan  2 03:04:05 web1 sshd[7]: Failed password for pi"]))
        #expect(try parsed.lines[0].get().logType == "OpenSSH")
        let info = try await tier.info()
        #expect(info.tier == "parser")
        #expect(info.models.map(\.sha256) == [parsed.featureSchema.templateTreeSHA256])
        #expect(info.version == ProgramVersion.current)
    }

    @Test("what stands for a missing year is asked for each call, as a service outlives years")
    func timestampDefaults() async throws {
        let year = Atomic(2030)
        let tier = LocalParsingTier(LineParser(library: try .standard(), frozenTree: FrozenTree(typedTexts: []))) {
            Timestamp.Defaults(reference: (year.add(1, ordering: .relaxed).newValue, 6, 1))
        }
        for expected in ["2031-01-02T03:04:05Z", "2032-01-02T03:04:05Z"] {
            let parsed = try await tier.parse(ParseBatch(lines: ["Jan  2 03:04:05 web1 sshd[7]: Failed password"]))
            #expect(try parsed.lines[0].get().timestamp == expected)
        }
    }

    @Test("an unknown log type is a wrong request, not a failure of the tier")
    func unknownLogType() async throws {
        let tier = try Self.parser.get()
        let error = await #expect(throws: TierError.self) {
            try await tier.parse(ParseBatch(lines: ["x"], forcedLogType: "Nonsense"))
        }
        guard case .invalidRequest("parser", let reason)? = error else {
            Issue.record("found \(String(describing: error))")
            return
        }
        #expect(reason.hasPrefix("there is no log type 'Nonsense'"))
    }

    @Test("more lines than the limit are refused with the limit")
    func tooManyLines() async throws {
        let tier = try Self.parser.get()
        await #expect(
            throws: TierError.invalidRequest(
                tier: "parser", reason: "the batch has 11 lines, at most 10 are taken; send it in parts")
        ) {
            try await tier.parse(ParseBatch(lines: LineBlock((0..<11).map { "\($0)" })))
        }
    }

    @Test("a cancelled caller's lines are not parsed")
    func cancellation() async throws {
        let tier = try Self.parser.get()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await tier.parse(ParseBatch(lines: ["x"]))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("a folder without a template tree is named, and one with a broken tree")
    func templateTree() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tocsin-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let missing = #expect(throws: FrozenTreeError.self) { try FrozenTree(modelsDirectory: folder.path) }
        #expect(missing?.description.contains("\(folder.path)/templates/templates.json") == true)
        try FileManager.default.createDirectory(
            at: folder.appending(path: "templates"), withIntermediateDirectories: true)
        let file = folder.appending(path: "templates/templates.json")
        try Data("{}".utf8).write(to: file)
        let broken = #expect(throws: FrozenTreeError.self) { try FrozenTree(modelsDirectory: folder.path) }
        guard case .malformed(file.path, _)? = broken else {
            Issue.record("found \(String(describing: broken))")
            return
        }
        let tree = FrozenTree(typedTexts: ["a <*>", "b"])
        try Data(tree.encoded()).write(to: file)
        #expect(try FrozenTree(modelsDirectory: folder.path).sha256 == tree.sha256)
    }
}
