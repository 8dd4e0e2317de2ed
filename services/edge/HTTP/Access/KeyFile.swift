internal import Foundation

/// The file that API keys are kept in, as JSON.
struct KeyFile: Sendable {
    let path: String

    private struct Contents: Codable {
        var keys: [APIKey]
    }

    /// The file's keys.
    func read() throws(KeyFileError) -> [APIKey] { try Self.keys(in: bytes(), path: path) }

    /// The file as it is.
    func bytes() throws(KeyFileError) -> Data {
        do { return try Data(contentsOf: URL(filePath: path)) } catch {
            throw KeyFileError(path: path, reason: error.localizedDescription)
        }
    }

    static func keys(in data: Data, path: String) throws(KeyFileError) -> [APIKey] {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        let keys: [APIKey]
        do { keys = try decoder.decode(Contents.self, from: data).keys } catch {
            throw KeyFileError(path: path, reason: "it is no file of keys: \(error)")
        }
        let known = Set(AccessScope.allCases.map(\.rawValue))
        for key in keys {
            guard key.requestsPerMinute > 0 else {
                throw KeyFileError(path: path, reason: "key \(key.id) has requestsPerMinute \(key.requestsPerMinute)")
            }
            guard key.scopes.isSubset(of: known) else {
                let scopes = key.scopes.subtracting(known).sorted().joined(separator: ", ")
                throw KeyFileError(
                    path: path,
                    reason: "key \(key.id) has scope \(scopes), expected \(known.sorted().joined(separator: ", "))")
            }
        }
        return keys
    }

    /// Replaces the file at once; only its owner may read it.
    func write(_ keys: [APIKey]) throws(KeyFileError) {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        do {
            try (encoder.encode(Contents(keys: keys)) + Data("\n".utf8))
                .write(to: URL(filePath: path), options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        } catch {
            throw KeyFileError(path: path, reason: error.localizedDescription)
        }
    }
}

/// Why a file of keys cannot be used.
struct KeyFileError: Error, Sendable, Hashable, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String {
        "the key file '\(path)' cannot be used: \(reason); make one with 'tocsin-edge keys add'"
    }
}
