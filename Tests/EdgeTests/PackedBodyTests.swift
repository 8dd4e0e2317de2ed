import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestCompression
import Testing
import TierDoubles

@testable import Edge

/// Bodies with a `Content-Encoding`.
@Suite struct PackedBodyTests {
    private static func headers(_ encoding: String, _ type: String) -> HTTPFields {
        [.contentEncoding: encoding, .contentType: type, .accept: "application/x-ndjson"]
    }

    @Test(
        "a packed body is read as if it were not", arguments: ["gzip", "x-gzip", "GZIP", "zstd", "identity"])
    func encodings(encoding: String) async throws {
        func packed(_ text: String) -> [UInt8] {
            switch encoding {
            case "identity": Array(text.utf8)
            case "zstd": Compressed.zstd(Array(text.utf8))
            default: Compressed.gzip(Array(text.utf8))
            }
        }
        let bench = EdgeBench()
        let whole = try await bench.answer(
            .post, "/api/predict", bytes: packed(#"{"logs": ["12345678"]}"#),
            headers: Self.headers(encoding, "application/json"))
        #expect(whole.status == .ok)
        #expect(whole.text.contains("12345678"))
        let lines = (1...20_000).map { "line \($0)" }.joined(separator: "\n")
        let streamed = try await bench.answer(
            .post, "/v1/logs:analyze", bytes: packed(lines), headers: Self.headers(encoding, "text/plain"))
        #expect(streamed.status == .ok)
        #expect(streamed.text.split(separator: "\n").count == 20_001)
    }

    @Test("what a body unpacks to is bounded, whether it is read as a whole or as it comes")
    func bombs() async throws {
        var limits = HTTPLimits()
        limits.maxBodyBytes = 1 << 20
        limits.maxUnpackedBytes = 1 << 20
        let bench = EdgeBench(limits: limits)
        let bomb = Compressed.gzip(Array(repeating: UInt8(ascii: "a"), count: 16 << 20))
        #expect(bomb.count < 64 << 10)
        for (path, type) in [("/api/predict", "application/json"), ("/v1/logs:analyze", "text/plain")] {
            let answer = try await bench.answer(.post, path, bytes: bomb, headers: Self.headers("gzip", type))
            #expect(answer.status == .contentTooLarge, "\(path)")
            #expect(answer.headers[.connection] == "close")
        }
    }

    @Test("what cannot be unpacked is refused with the reason")
    func broken() async throws {
        let bench = EdgeBench()
        let good = Compressed.gzip(Array(#"{"logs": ["12345678"]}"#.utf8))
        let cut = try await bench.answer(
            .post, "/api/predict", bytes: good.dropLast(9), headers: Self.headers("gzip", "application/json"))
        #expect(cut.status == .badRequest)
        #expect(cut.text.contains(#""code":"invalid_encoding""#))
        let other = try await bench.answer(
            .post, "/v1/logs:analyze", bytes: Array("plain".utf8), headers: Self.headers("gzip", "text/plain"))
        #expect(other.status == .badRequest)
        #expect(other.text.contains(#""code":"invalid_encoding""#))
        let unknown = try await bench.answer(
            .post, "/api/predict", bytes: good, headers: Self.headers("br", "application/json"))
        #expect(unknown.status == .unsupportedMediaType)
        #expect(unknown.text.contains("expected gzip, zstd or identity"))
    }
}
