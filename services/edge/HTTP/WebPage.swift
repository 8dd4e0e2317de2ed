internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import TocsinCore

/// The page for people, `web/`: files that do not change while the edge runs. They are held in memory, so that no
/// request can name a place on disk.
struct WebPage: Sendable {
    private struct File {
        var body: ByteBuffer
        var contentType: String
        var entityTag: String
    }

    private let files: [String: File]

    /// The request paths of all files; `/` is the page itself.
    var paths: [String] { files.keys.sorted() }

    /// Reads the files that were built with the program.
    init() throws(WebPageError) {
        guard let folder = Bundle.module.url(forResource: "web", withExtension: nil) else { throw .missing }
        try self.init(folder: folder)
    }

    init(folder: URL) throws(WebPageError) {
        let entries = FileManager.default.enumerator(atPath: folder.path)
        var files: [String: File] = [:]
        while let name = entries?.nextObject() as? String {
            guard entries?.fileAttributes?[.type] as? FileAttributeType == .typeRegular else { continue }
            let fileExtension = String(name.split(separator: ".").last ?? "")
            guard let type = Self.contentTypes[fileExtension] else { throw .unknownType(file: name) }
            let content: Data
            do { content = try Data(contentsOf: folder.appending(path: name)) } catch {
                throw .unreadable(file: name, reason: "\(error)")
            }
            files[Self.path(of: name)] = File(
                body: ByteBuffer(bytes: content), contentType: type,
                entityTag: "\"\(SHA256.hexadecimalDigest(of: content).prefix(32))\"")
        }
        guard files["/"] != nil else { throw .missing }
        self.files = files
    }

    private static func path(of name: String) -> String {
        switch name {
        case "index.html": "/"
        case "docs.html": "/docs"
        default: "/\(name)"
        }
    }

    /// Answers with the file at `path`, or with 304 where the caller has it.
    func respond(to request: Request, path: String) throws -> Response {
        guard let file = files[path] else { throw HTTPError(.notFound) }
        var headers = Self.protection
        headers[.eTag] = file.entityTag
        headers[.cacheControl] = "no-cache"
        if request.headers[.ifNoneMatch] == file.entityTag { return Response(status: .notModified, headers: headers) }
        headers[.contentType] = file.contentType
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: file.body))
    }

    private static let contentTypes = [
        "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "svg": "image/svg+xml", "json": "application/json",
    ]

    /// The page loads and calls nothing but its own server, and no text can become markup or script in it.
    private static let protection: HTTPFields = [
        .contentSecurityPolicy:
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
        .xContentTypeOptions: "nosniff",
        HTTPField.Name("Referrer-Policy") ?? .server: "no-referrer",
        HTTPField.Name("Cross-Origin-Opener-Policy") ?? .server: "same-origin",
        HTTPField.Name("Cross-Origin-Resource-Policy") ?? .server: "same-origin",
    ]
}

/// Why the page cannot be served.
enum WebPageError: Error, Hashable, CustomStringConvertible {
    case missing
    case unknownType(file: String)
    case unreadable(file: String, reason: String)

    var description: String {
        switch self {
        case .missing:
            "the page's files are not beside the program, expected tocsin_Edge.resources/web; run deploy/build"
        case .unknownType(let file):
            "the page has '\(file)', expected only .html, .css, .js, .svg and .json; say in WebPage what its content type is"
        case .unreadable(let file, let reason):
            "the page's file '\(file)' cannot be read: \(reason)"
        }
    }
}
