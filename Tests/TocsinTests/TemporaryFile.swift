import Foundation

/// A file with given bytes, which goes with its owner.
final class TemporaryFile {
    let path: String

    init(_ bytes: [UInt8], suffix: String = "") throws {
        path = FileManager.default.temporaryDirectory.appending(path: "tocsin-\(UUID().uuidString)\(suffix)").path
        try Data(bytes).write(to: URL(filePath: path))
    }

    convenience init(_ text: String, suffix: String = "") throws { try self.init(Array(text.utf8), suffix: suffix) }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
