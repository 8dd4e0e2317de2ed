internal import Foundation
internal import TocsinCore

/// A key that callers show, as it is kept: its hash in place of itself.
struct APIKey: Sendable, Hashable, Codable {
    /// 8 hexadecimal digits, also at the begin of the key itself: how people name it.
    var id: String
    /// What it is for, in people's words.
    var name: String
    /// SHA-256 of the key, in hexadecimal. The key has 192 random bits, so that a slow hash would add nothing.
    var sha256: String
    var scopes: Set<String>
    var requestsPerMinute: Int
    var created: Date
    /// After this the key is refused; nil for one that is good until it is revoked.
    var expires: Date?

    func allows(_ scope: AccessScope) -> Bool { scopes.contains(scope.rawValue) }

    func isExpired(at time: Date) -> Bool { expires.map { $0 <= time } ?? false }

    /// Makes a new key; its text is not kept anywhere.
    static func make(
        name: String, scopes: Set<AccessScope>, requestsPerMinute: Int, now: Date, expires: Date?
    ) -> (key: APIKey, text: String) {
        let id = randomDigits(words: 1).suffix(8)
        let text = "tocsin_\(id)_\(randomDigits(words: 3))"
        let key = APIKey(
            id: String(id), name: name, sha256: hash(text), scopes: Set(scopes.map(\.rawValue)),
            requestsPerMinute: requestsPerMinute, created: now, expires: expires)
        return (key, text)
    }

    static func hash(_ text: String) -> String { SHA256.hexadecimalDigest(of: text.utf8) }

    private static func randomDigits(words: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<words).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
