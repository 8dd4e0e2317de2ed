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

    /// Changes the file's keys; who else changes them waits meanwhile.
    ///
    /// - Parameter createsFile: whether there may be no file yet.
    func change<Result>(createsFile: Bool = false, _ change: (inout [APIKey]) throws -> Result) throws -> Result {
        let lock = path + ".lock"
        let descriptor = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else {
            throw KeyFileError(
                path: path, reason: "its lock '\(lock)' cannot be taken: \(String(cString: strerror(errno)))",
                remedy: "name a file in a folder that can be written")
        }
        defer { close(descriptor) }
        var keys = createsFile && !FileManager.default.fileExists(atPath: path) ? [] : try read()
        let result = try change(&keys)
        try write(keys)
        return result
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
    var remedy = "make one with 'tocsin-edge keys add'"

    var description: String { "the key file '\(path)' cannot be used: \(reason); \(remedy)" }
}
