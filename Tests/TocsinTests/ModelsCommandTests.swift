import Foundation
import TestEncoder
import Testing

/// The models that ship, under the commands that care for them.
@Suite(.enabled(if: TestEncoder.isPresent, "SKIPPED: there is no encoder; run models/fetch-encoder"))
struct ModelsCommandTests {
    private static let shipped = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "models")
    private static let names = ["ml", "words", "lora", "dann", "hybrid", "ensemble"]

    @Test("every model that ships is whole, and has the encoders that it needs")
    func verify() throws {
        let outcome = try CommandLineTool.run(
            "models", "verify", "--models", Self.shipped.path, "--encoder", TestEncoder.requireDirectory())
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(outcome.rows.map { $0.prefix { $0 != "\t" } } == Self.names.map { $0[...] })
    }

    @Test("each is activated, answers from then on, and makes way for the one before it", arguments: names)
    func activate(name: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "models-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for part in Self.names + ["templates"] {
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: part), withDestinationURL: Self.shipped.appending(path: part))
        }
        let places = ["--models", folder.path, "--encoder", try TestEncoder.requireDirectory()]
        func run(_ arguments: String...) throws -> String {
            let outcome = try CommandLineTool.run(arguments + places, input: Array("disk sda1 is full\n".utf8))
            #expect(outcome.status == 0, "\(outcome.error)")
            return outcome.text
        }
        #expect(try run("models", "activate", "ml").contains("ml"))
        #expect(try run("models", "activate", name).contains(name))
        let manifest =
            try JSONSerialization.jsonObject(
                with: Data(contentsOf: Self.shipped.appending(path: "\(name)/manifest.json"))) as? [String: Any]
        let algorithm = try #require(manifest?["algorithm"] as? String)
        #expect(try run("analyze", "-", "--output", "json").contains("\"model_name\":\"\(algorithm)\""))
        if name != "ml" { #expect(try run("models", "rollback").contains("ml")) }
    }
}
