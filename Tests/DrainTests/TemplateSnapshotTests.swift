import Drain
import Foundation
import Testing
import TocsinCore

@Suite struct TemplateSnapshotTests {
    private static func file() -> [UInt8] {
        var tree = DrainTree()
        _ = tree.add("worker 7 of pool=main is idle", seenAt: 3)
        _ = tree.add("worker 8 of pool=spare is idle", seenAt: 4)
        return TemplateSnapshot(replica: "local", isFinal: false, state: tree.state).encoded()
    }

    @Test("a snapshot that was cut anywhere, or changed, is refused")
    func damage() {
        let file = Self.file()
        for length in 0..<file.count {
            #expect(throws: TemplateFileError.self) { try TemplateSnapshot(decoding: Array(file[..<length])) }
        }
        for index in file.indices {
            var changed = file
            changed[index] ^= 1
            #expect(throws: TemplateFileError.self) { try TemplateSnapshot(decoding: changed) }
        }
        #expect(throws: TemplateFileError.damaged) { try TemplateSnapshot(decoding: file + [32]) }
    }

    @Test("a refusal says what is wrong, and where")
    func place() throws {
        let file = Self.file()
        let cut = #expect(throws: TemplateFileError.self) { try TemplateSnapshot(decoding: Array(file.dropLast(9))) }
        #expect(cut == .cut(byteCount: file.count - 9, expected: file.count))
        #expect("\(cut, default: "")".contains("cut at byte \(file.count - 9) of \(file.count)"))
        let later = Array("tocsin-live-templates 9 0 0\n{}".utf8)
        #expect(throws: TemplateFileError.wrongVersion(found: 9, expected: 2)) { try TemplateSnapshot(decoding: later) }
        let other = Array("{\"format\":\"tocsin-templates\"}".utf8)
        #expect(throws: TemplateFileError.wrongFormat(expected: "tocsin-live-templates")) {
            try TemplateSnapshot(decoding: other)
        }
        let incomplete = Self.sealed(#"{"replica":"a","final":true,"templates":[{"template":"x","supersedes":[]}]}"#)
        #expect(throws: TemplateFileError.malformedTemplate(index: 0, member: "counts")) {
            try TemplateSnapshot(decoding: incomplete)
        }
    }

    private static func sealed(_ body: String) -> [UInt8] {
        let digest = SHA256.hexadecimalDigest(of: body.utf8)
        return Array("tocsin-live-templates 2 \(digest) \(body.utf8.count)\n\(body)".utf8)
    }

    @Test("a snapshot file is replaced as a whole")
    func snapshotFile() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("templates").path
        for content in [[UInt8](repeating: 1, count: 100_000), [2]] {
            try SnapshotFile.write(content, to: path)
            #expect(try SnapshotFile.read(path) == content)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["templates"])
        #expect(try SnapshotFile.read(path + ".other") == nil)
        #expect(throws: SnapshotFileError.self) { try SnapshotFile.read(folder.path) }
        #expect(throws: SnapshotFileError.self) { try SnapshotFile.write([], to: path + "/missing/file") }
    }

    @Test("one snapshot file has one writer at a time")
    func lock() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path + ".lock") }
        do {
            let lock = try SnapshotLock(path: path)
            let error = #expect(throws: SnapshotFileError.self) { _ = try SnapshotLock(path: path) }
            #expect(error?.step == .lock)
            withExtendedLifetime(lock) {}
        }
        _ = try SnapshotLock(path: path)
    }
}
