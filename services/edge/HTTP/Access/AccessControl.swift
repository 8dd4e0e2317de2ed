internal import Foundation
internal import HTTPTypes

/// Who may ask what: callers show an API key where the edge has any.
struct AccessControl: Sendable {
    /// Nil lets everybody in, which the configuration allows on loopback alone.
    let keys: KeyRing?
    let limiter = RateLimiter()
    var now: @Sendable () -> (date: Date, instant: ContinuousClock.Instant) = { (Date.now, .now) }

    /// Lets a request pass or throws the problem that says why not.
    ///
    /// - Parameter scopes: one of which the key needs; none for what everybody may ask, such as probes.
    func check(_ headers: HTTPFields, scopes: [AccessScope]) throws(Problem) {
        guard let keys, !scopes.isEmpty else { return }
        guard let text = Self.key(in: headers) else {
            throw Problem(
                .missingKey, "the request shows no API key; send it as 'Authorization: Bearer KEY' or 'X-API-Key: KEY'")
        }
        let time = now()
        guard let key = keys.key(for: text), !key.isExpired(at: time.date) else {
            throw Problem(.invalidKey, "the API key is unknown, revoked or expired; ask for a new one")
        }
        guard scopes.contains(where: key.allows) else {
            let needed = scopes.map { "'\($0.rawValue)'" }.joined(separator: " or ")
            throw Problem(
                .missingScope,
                "key \(key.id) may do \(key.scopes.sorted().joined(separator: ", ")), this needs \(needed)")
        }
        if let seconds = limiter.take(key.id, perMinute: key.requestsPerMinute, now: time.instant) {
            var problem = Problem(
                .rateLimited, "key \(key.id) may make \(key.requestsPerMinute) requests a minute; wait \(seconds) s")
            problem.retryAfter = seconds
            throw problem
        }
    }

    private static func key(in headers: HTTPFields) -> String? {
        if let value = headers[.authorization], value.lowercased().hasPrefix("bearer ") {
            return value.dropFirst(7).trimmingCharacters(in: .whitespaces)
        }
        return headers[.apiKey]
    }
}

extension HTTPField.Name {
    static let apiKey = HTTPField.Name("x-api-key") ?? .server
}
