import Foundation
import LineFeatures
import Testing
import TocsinCore

@testable import Classification

@Suite struct ModelArtifactTests {
    private let folder: ModelsFolder
    private let path: String

    init() throws {
        folder = try ModelsFolder()
        try folder.addModel()
        path = folder.folder(of: .ml)
    }

    private func edit(_ file: String, _ change: (inout Data) -> Void) throws {
        let url = URL(filePath: path + "/" + file)
        var data = try Data(contentsOf: url)
        change(&data)
        try data.write(to: url)
    }

    private func loadingError() throws -> ModelError {
        try #require(throws: ModelError.self) { try ClassificationEngine(modelsDirectory: folder.path) }
    }

    @Test("an artifact reads back as it was written")
    func roundTrip() throws {
        let artifact = try ModelArtifact(directory: path)
        let again = try ModelArtifact.write(artifact.manifest, files: artifact.files, to: path)
        #expect(again.manifest == artifact.manifest)
        #expect(again.sha256 == artifact.sha256)
        #expect(Array(artifact.files.keys) == [TreeModel.boosterFileName])
    }

    @Test(
        "each file cut anywhere is refused",
        arguments: [
            (ModelManifest.fileName, 0), (ModelManifest.fileName, 0.5), (ModelManifest.fileName, 0.97),
            (TreeModel.boosterFileName, 0), (TreeModel.boosterFileName, 0.5), (TreeModel.boosterFileName, 0.999),
        ] as [(String, Double)])
    func truncated(file: String, share: Double) throws {
        try edit(file) { $0 = $0.prefix(Int(Double($0.count) * share)) }
        switch try loadingError() {
        case .wrongSize(let path, let found, let expected):
            #expect(path.hasSuffix(file) && found < expected)
        case .unreadableManifest(let path, _):
            #expect(path.hasSuffix(ModelManifest.fileName) && file == ModelManifest.fileName)
        case let error:
            throw error
        }
    }

    @Test("a changed byte is refused with both hashes")
    func changed() throws {
        try edit(TreeModel.boosterFileName) { $0[$0.count / 2] ^= 1 }
        guard case .wrongHash(_, let found, let expected) = try loadingError() else {
            Issue.record("not refused for its hash")
            return
        }
        #expect(found.count == 64 && expected.count == 64 && found != expected)
    }

    @Test("a missing file is refused by its path", arguments: [ModelManifest.fileName, TreeModel.boosterFileName])
    func missing(file: String) throws {
        try FileManager.default.removeItem(atPath: path + "/" + file)
        guard case .missingFile(let missing, _) = try loadingError() else {
            Issue.record("not refused as missing")
            return
        }
        #expect(missing == path + "/" + file)
    }

    @Test(
        "a manifest of another layout, schema, class list, name or folder is refused",
        arguments: [
            { (manifest: inout ModelManifest) in manifest.formatVersion = 99 },
            { manifest in manifest.featureSchemaVersion = 0 },
            { manifest in manifest.classes.swapAt(0, 1) },
            { manifest in manifest.temperature = 0 },
            { manifest in manifest.temperature = -1 },
            { manifest in manifest.name = "lora" },
        ] as [@Sendable (inout ModelManifest) -> Void])
    func wrongManifest(change: @Sendable (inout ModelManifest) -> Void) throws {
        var manifest = try ModelArtifact(directory: path).manifest
        change(&manifest)
        try JSONEncoder().encode(manifest).write(to: URL(filePath: path + "/" + ModelManifest.fileName))
        let message = "\(try loadingError())"
        #expect(message.contains(ModelManifest.fileName))
    }

    @Test("a manifest cannot name a file outside its folder", arguments: ["../secret", "/etc/hostname", ".."])
    func escape(name: String) throws {
        var manifest = try ModelArtifact(directory: path).manifest
        manifest.files[name] = ModelManifest.File(sha256: "0", byteCount: 1)
        try JSONEncoder().encode(manifest).write(to: URL(filePath: path + "/" + ModelManifest.fileName))
        guard case .unreadableManifest = try loadingError() else {
            Issue.record("'\(name)' was not refused")
            return
        }
    }

    @Test("a booster of another shape, or none at all, is refused although its hash is right")
    func wrongBooster() throws {
        try folder.addModel(columns: 12)
        guard case .unusable(_, let columns) = try loadingError() else { throw CancellationError() }
        #expect(columns.contains("12 columns"))
        try folder.addModel(classes: 3)
        guard case .unusable(_, let classes) = try loadingError() else { throw CancellationError() }
        #expect(classes.contains("3 classes"))
        let manifest = try ModelArtifact(directory: path).manifest
        try ModelArtifact.write(manifest, files: [TreeModel.boosterFileName: Array("{}".utf8)], to: path)
        guard case .unusable = try loadingError() else { throw CancellationError() }
        try ModelArtifact.write(manifest, files: ["other.bin": [1]], to: path)
        guard case .missingFile = try loadingError() else { throw CancellationError() }
    }

    @Test("without the active model there is no engine; other documented models may be absent")
    func noModels() throws {
        #expect(throws: ModelError.self) { try ClassificationEngine(modelsDirectory: folder.path + "/nowhere") }
        #expect(try ClassificationEngine(modelsDirectory: folder.path).models.map(\.name) == ["ml"])
    }
}
