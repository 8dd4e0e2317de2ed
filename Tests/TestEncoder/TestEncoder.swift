internal import Foundation

/// The encoder that tests compute with: `TOCSIN_ENCODER`, else `models/encoder` of this project.
public enum TestEncoder {
    /// Nil where there is none, which is said once on standard output.
    public static let directory: String? = {
        let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let directory =
            ProcessInfo.processInfo.environment["TOCSIN_ENCODER"]
            ?? project.appendingPathComponent("models/encoder").path
        if FileManager.default.fileExists(atPath: directory + "/model.safetensors") { return directory }
        print("SKIPPED: tests that need the encoder, for \(directory) holds none; run models/fetch-encoder")
        return nil
    }()

    public static let isPresent = directory != nil

    /// The directory; throws where there is none, which tests avoid by `.enabled(if: TestEncoder.isPresent)`.
    public static func requireDirectory() throws -> String {
        guard let directory else { throw Missing() }
        return directory
    }

    private struct Missing: Error, CustomStringConvertible {
        var description: String { "no encoder; run models/fetch-encoder or set TOCSIN_ENCODER" }
    }
}
