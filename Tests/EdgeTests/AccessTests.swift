import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@testable import Edge

/// API keys, their scopes and limits, and which web pages may read answers.
@Suite struct AccessTests {
    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// A file of keys in a place of its own, which goes with it.
    private final class Keys {
        let file: KeyFile
        var texts: [String] = []

        init(_ scopes: [Set<AccessScope>], requestsPerMinute: Int = 600, expires: Date? = nil) throws {
            file = KeyFile(path: FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json").path)
            try write(scopes, requestsPerMinute: requestsPerMinute, expires: expires)
        }

        deinit { try? FileManager.default.removeItem(atPath: file.path) }

        func write(_ scopes: [Set<AccessScope>], requestsPerMinute: Int = 600, expires: Date? = nil) throws {
            let made = scopes.map {
                APIKey.make(
                    name: "test", scopes: $0, requestsPerMinute: requestsPerMinute, now: .now, expires: expires)
            }
            texts = made.map(\.text)
            try file.write(made.map(\.key))
        }

        func ring() throws -> KeyRing { try KeyRing(file, logger: AccessTests.quiet) }
    }

    private static let body = #"{"logs": ["a"]}"#

    private static func bearer(_ key: String) -> HTTPFields { [.authorization: "Bearer \(key)"] }

    @Test("without a good key there is no answer, but to probes")
    func keys() async throws {
        let keys = try Keys([[.analyze]])
        let bench = EdgeBench(access: AccessControl(keys: try keys.ring()))
        let without = try await bench.answer(.post, "/api/predict", Self.body)
        #expect(without.status == .unauthorized)
        #expect(without.headers[.wwwAuthenticate] == #"Bearer realm="tocsin""#)
        #expect(without.text.contains(#""code":"missing_key""#))
        let wrong = try await bench.answer(
            .post, "/api/predict", Self.body, headers: Self.bearer("tocsin_00000000_00"))
        #expect(wrong.text.contains(#""code":"invalid_key""#))
        let right = try await bench.answer(.post, "/api/predict", Self.body, headers: Self.bearer(keys.texts[0]))
        #expect(right.status == .ok)
        let header = try await bench.answer(.post, "/api/predict", Self.body, headers: [.apiKey: keys.texts[0]])
        #expect(header.status == .ok)
        for probe in ["/livez", "/readyz", "/health"] {
            #expect(try await bench.answer(.get, probe).status == .ok)
        }
    }

    @Test(
        "a key is needed however the path is written",
        arguments: ["/api/models/switch/", "//api/models/switch", "/api//models///switch//"])
    func paths(path: String) async throws {
        let keys = try Keys([[.analyze], [.admin]])
        let bench = EdgeBench(access: AccessControl(keys: try keys.ring()))
        let body = #"{"model_type": "ml"}"#
        let without = try await bench.answer(.post, path, body)
        #expect(without.status == .unauthorized && without.text.contains(#""error":"#), "documented members too")
        #expect(try await bench.answer(.post, path, body, headers: Self.bearer(keys.texts[0])).status == .forbidden)
        #expect(try await bench.answer(.post, path, body, headers: Self.bearer(keys.texts[1])).status == .ok)
        #expect(try await bench.answer(.get, path).status == .methodNotAllowed)
    }

    @Test("a key is good for its scopes alone")
    func scopes() async throws {
        let keys = try Keys([[.analyze], [.read], [.admin]])
        let bench = EdgeBench(access: AccessControl(keys: try keys.ring()))
        let switchBody = #"{"model_type": "ml"}"#
        let refused = try await bench.answer(
            .post, "/api/models/switch", switchBody, headers: Self.bearer(keys.texts[0]))
        #expect(refused.status == .forbidden)
        #expect(refused.text.contains("needs 'admin'"))
        let allowed = try await bench.answer(
            .post, "/api/models/switch", switchBody, headers: Self.bearer(keys.texts[2]))
        #expect(allowed.status == .ok)
        #expect(try await bench.answer(.get, "/metrics", headers: Self.bearer(keys.texts[0])).status == .forbidden)
        #expect(try await bench.answer(.get, "/model-info", headers: Self.bearer(keys.texts[1])).status == .ok)
    }

    @Test("more requests a minute than a key may make are 429 with the time to wait")
    func rate() async throws {
        let keys = try Keys([[.read], [.read]], requestsPerMinute: 3)
        let start = ContinuousClock.now
        var access = AccessControl(keys: try keys.ring())
        access.now = { (.now, start) }
        let bench = EdgeBench(access: access)
        for _ in 0..<3 {
            #expect(try await bench.answer(.get, "/model-info", headers: Self.bearer(keys.texts[0])).status == .ok)
        }
        let refused = try await bench.answer(.get, "/model-info", headers: Self.bearer(keys.texts[0]))
        #expect(refused.status == .tooManyRequests)
        #expect(refused.headers[.retryAfter] == "20")
        // Another key's callers do not feel it.
        #expect(try await bench.answer(.get, "/model-info", headers: Self.bearer(keys.texts[1])).status == .ok)
        let limiter = access.limiter
        #expect(limiter.take("x", perMinute: 60, now: start) == nil)
        #expect((0..<59).allSatisfy { _ in limiter.take("x", perMinute: 60, now: start) == nil })
        #expect(limiter.take("x", perMinute: 60, now: start) == 1)
        #expect(limiter.take("x", perMinute: 60, now: start + .seconds(1)) == nil)
    }

    @Test("keys expire, are revoked and added without a restart; a broken file changes nothing")
    func renewal() async throws {
        let keys = try Keys([[.read]], expires: Date.now.addingTimeInterval(-1))
        let ring = try keys.ring()
        let bench = EdgeBench(access: AccessControl(keys: ring))
        let old = keys.texts[0]
        #expect(try await bench.answer(.get, "/model-info", headers: Self.bearer(old)).status == .unauthorized)
        try keys.write([[.read]])
        ring.reloadIfChanged()
        #expect(try await bench.answer(.get, "/model-info", headers: Self.bearer(keys.texts[0])).status == .ok)
        #expect(ring.key(for: old) == nil)
        try "{".write(toFile: keys.file.path, atomically: true, encoding: .utf8)
        ring.reloadIfChanged()
        #expect(ring.key(for: keys.texts[0]) != nil)
    }

    @Test("the file holds the hash of a key and never the key, and its owner alone may read it")
    func atRest() throws {
        let keys = try Keys([[.analyze]])
        let text = try String(contentsOfFile: keys.file.path, encoding: .utf8)
        #expect(!text.contains(keys.texts[0]))
        #expect(text.contains(APIKey.hash(keys.texts[0])))
        let attributes = try FileManager.default.attributesOfItem(atPath: keys.file.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("only pages of origins on the list may read answers, and they may ask before")
    func crossOrigin() async throws {
        let page = "http://localhost:5173"
        let bench = EdgeBench(crossOrigin: CrossOrigin([page]))
        let origin = HTTPField.Name.origin
        let listed = try await bench.answer(.get, "/health", headers: [origin: page])
        #expect(listed.headers[.accessControlAllowOrigin] == page)
        #expect(listed.headers[.vary] == "Origin")
        let stranger = try await bench.answer(.get, "/health", headers: [origin: "http://evil.example"])
        #expect(stranger.headers[.accessControlAllowOrigin] == nil)
        let preflight = try await bench.answer(
            .options, "/api/predict", headers: [origin: page, .accessControlRequestMethod: "POST"])
        #expect(preflight.status == .noContent)
        #expect(preflight.headers[.accessControlAllowMethods] == "POST")
        for header in ["Authorization", "Content-Encoding", "Content-Type"] {
            #expect(preflight.headers[.accessControlAllowHeaders]?.contains(header) == true)
        }
        #expect(try await bench.answer(.options, "/api/predict").status == .methodNotAllowed)
    }
}
