internal import Foundation
internal import LineFeatures
internal import TocsinCore

/// A model's folder, read and checked: every file has the size and SHA-256 that the manifest names.
public struct ModelArtifact: Sendable {
    public let manifest: ModelManifest
    /// SHA-256 of the manifest, which names the hash of every other file: the identity of the whole.
    public let sha256: String
    /// Where it was read from.
    public let directory: String
    /// The bytes of each file that the manifest names.
    public let files: [String: [UInt8]]

    /// Reads a model's folder.
    public init(directory: String) throws(ModelError) {
        self.directory = directory
        let manifestPath = directory + "/" + ModelManifest.fileName
        let manifestBytes = try Self.read(manifestPath)
        do {
            manifest = try JSONDecoder().decode(ModelManifest.self, from: Data(manifestBytes))
        } catch {
            throw .unreadableManifest(path: manifestPath, reason: "\(error)")
        }
        sha256 = SHA256.hexadecimalDigest(of: manifestBytes)
        try Self.check(manifest, path: manifestPath)

        var files: [String: [UInt8]] = [:]
        for (name, expected) in manifest.files {
            // A manifest names files of its own folder only.
            guard !name.contains("/"), name != "..", name != "." else {
                throw .unreadableManifest(path: manifestPath, reason: "'\(name)' is no plain file name")
            }
            let path = directory + "/" + name
            let bytes = try Self.read(path)
            guard bytes.count == expected.byteCount else {
                throw .wrongSize(path: path, found: bytes.count, expected: expected.byteCount)
            }
            let found = SHA256.hexadecimalDigest(of: bytes)
            guard found == expected.sha256 else {
                throw .wrongHash(path: path, found: found, expected: expected.sha256)
            }
            files[name] = bytes
        }
        self.files = files
    }

    /// Writes a model's folder, in place of one that is there, and returns it as a reader finds it.
    ///
    /// - Parameter files: the model's files by name; the manifest gets their hashes.
    @discardableResult
    public static func write(
        _ manifest: ModelManifest, files: [String: [UInt8]], to directory: String
    ) throws -> ModelArtifact {
        var manifest = manifest
        manifest.files = files.mapValues { ModelManifest.File(of: $0) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]

        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        for (name, bytes) in files {
            try Data(bytes).write(to: URL(filePath: directory + "/" + name), options: .atomic)
        }
        // Last, so that a folder whose writing was cut short does not pass for a model.
        try (encoder.encode(manifest) + Data("\n".utf8))
            .write(to: URL(filePath: directory + "/" + ModelManifest.fileName), options: .atomic)
        return try ModelArtifact(directory: directory)
    }

    /// Whether a folder of models has one of that name, whole or not.
    public static func exists(_ name: ModelName, in modelsDirectory: String) -> Bool {
        exists(at: "\(modelsDirectory)/\(name.rawValue)/\(ModelManifest.fileName)")
    }

    static func exists(at path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private static func check(_ manifest: ModelManifest, path: String) throws(ModelError) {
        guard manifest.formatVersion == ModelManifest.formatVersion else {
            throw .wrongFormatVersion(
                path: path, found: manifest.formatVersion, expected: ModelManifest.formatVersion)
        }
        guard manifest.featureSchemaVersion == FeatureTable.schemaVersion else {
            throw .wrongFeatureSchema(
                path: path, found: manifest.featureSchemaVersion, expected: FeatureTable.schemaVersion)
        }
        let classes = AnomalyClass.allCases.map(\.name)
        guard manifest.classes == classes else {
            throw .wrongClasses(path: path, found: manifest.classes, expected: classes)
        }
        guard manifest.temperature.isFinite, manifest.temperature > 0 else {
            throw .unreadableManifest(path: path, reason: "temperature \(manifest.temperature) is not above 0")
        }
    }

    private static func read(_ path: String) throws(ModelError) -> [UInt8] {
        do {
            return [UInt8](try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw .missingFile(path: path, reason: error.localizedDescription)
        }
    }
}
