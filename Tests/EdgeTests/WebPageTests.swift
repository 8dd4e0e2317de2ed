import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Edge

@Suite struct WebPageTests {
    @Test("the page is at / and may load and call only its own server")
    func page() async throws {
        let bench = try EdgeBench(page: WebPage())
        let response = try await bench.answer(.get, "/")
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "text/html; charset=utf-8")
        #expect(response.text.hasPrefix("<!doctype html>"))
        let policy = try #require(response.headers[.contentSecurityPolicy])
        #expect(policy.hasPrefix("default-src 'none'; script-src 'self';"))
        #expect(!policy.contains("unsafe"))
        #expect(response.headers[.xContentTypeOptions] == "nosniff")
    }

    @Test(
        "every file has its content type",
        arguments: [
            ("/js/main.js", "text/javascript"), ("/style/base.css", "text/css"), ("/icon.svg", "image/svg+xml"),
        ])
    func contentTypes(path: String, type: String) async throws {
        let response = try await EdgeBench(page: WebPage()).answer(.get, path)
        #expect(response.status == .ok)
        #expect(response.headers[.contentType]?.hasPrefix(type) == true)
    }

    @Test("a browser that has a file is told so instead of being sent it")
    func notModified() async throws {
        let bench = try EdgeBench(page: WebPage())
        let tag = try #require(try await bench.answer(.get, "/js/main.js").headers[.eTag])
        let again = try await bench.answer(.get, "/js/main.js", headers: [.ifNoneMatch: tag])
        #expect(again.status == .notModified)
        #expect(again.text.isEmpty)
    }

    @Test(
        "nothing outside the page's folder can be named",
        arguments: [
            "/../Package.swift", "/js/../../EdgeServer.swift", "/%2e%2e/EdgeServer.swift", "/js", "/index.html",
        ])
    func outside(path: String) async throws {
        #expect(try await EdgeBench(page: WebPage()).answer(.get, path).status == .notFound)
    }

    @Test("a file of an unknown kind is refused when the edge starts")
    func unknownKind() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: WebPageError.missing) { try WebPage(folder: folder) }
        try Data("x".utf8).write(to: folder.appending(path: "page.php"))
        #expect(throws: WebPageError.unknownType(file: "page.php")) { try WebPage(folder: folder) }
    }
}
