import Classification
import Foundation
import LocalTiers
import Testing

@Suite struct ActivationFileTests {
    private func file() -> ActivationFile {
        ActivationFile(path: NSTemporaryDirectory() + "active-model-\(UUID().uuidString)")
    }

    @Test("what was active is gone back to, step by step, and no further")
    func history() throws {
        let file = file()
        defer { try? FileManager.default.removeItem(atPath: file.path) }
        #expect(file.read() == nil && file.previous() == nil)
        try file.write(.lora, replacing: .ml)
        try file.write(.lora)
        try file.write(.hybrid)
        #expect(file.history() == [.hybrid, .lora, .ml])
        #expect(try file.rollBack() == .lora)
        #expect(try file.rollBack() == .ml)
        #expect(file.read() == .ml)
        let error = #expect(throws: ActivationFileError.self) { try file.rollBack() }
        #expect(error?.description.contains("activate one by name") == true)
    }

    @Test("a file with one name, as earlier versions wrote it, is read; what names no model is passed over")
    func older() throws {
        let file = file()
        defer { try? FileManager.default.removeItem(atPath: file.path) }
        try Data("dann\n".utf8).write(to: URL(filePath: file.path))
        #expect(file.read() == .dann)
        try Data("gpt\nml\n\u{0}".utf8).write(to: URL(filePath: file.path))
        #expect(file.read() == .ml)
    }

    @Test("no more than a few activations are remembered")
    func bound() throws {
        let file = file()
        defer { try? FileManager.default.removeItem(atPath: file.path) }
        for round in 0..<40 { try file.write(round.isMultiple(of: 2) ? .ml : .lora) }
        #expect(file.history().count == 16)
    }
}
