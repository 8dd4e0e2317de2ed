import EdgeClient
import Foundation
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import Pipeline
import RunningServices
import ServiceKit
import Synchronization
import Testing
import TierDoubles
import TocsinCore

@testable import Edge

/// The edge's HTTP side over real sockets, asked by curl and by callers who do not behave.
@Suite("HTTP over sockets", .serialized, .timeLimit(.minutes(2)))
struct HTTPListenerTests {
    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Runs a listener on a free port.
    static func listen(
        _ bench: EdgeBench, limits: HTTPLimits = HTTPLimits(), credentials: TLSCredentials? = nil,
        _ body: @escaping @Sendable (_ port: Int) async throws -> Void
    ) async throws {
        let listener = HTTPListener(
            host: "127.0.0.1", port: 0, credentials: credentials, limits: limits, hangUps: bench.router.hangUps,
            logger: quiet)
        let (ports, port) = AsyncStream<Int>.makeStream()
        let application = listener.application(bench.router.build()) { port.yield($0) }
        try await whileRunning([application]) {
            var iterator = ports.makeAsyncIterator()
            try await body(try #require(await iterator.next()))
        }
    }

    /// What curl prints.
    private static func curl(_ arguments: String...) async throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["curl", "--silent", "--show-error", "--max-time", "20"] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        return await withCheckedContinuation { continuation in
            // Read while it comes: a full pipe would hold curl up.
            Thread.detachNewThread {
                let bytes = output.fileHandleForReading.readDataToEndOfFile()
                continuation.resume(returning: String(decoding: bytes, as: UTF8.self))
            }
        }
    }

    @Test("the documented curl call is answered in the clear")
    func clear() async throws {
        try await Self.listen(EdgeBench()) { port in
            let answer = try await Self.curl(
                "http://127.0.0.1:\(port)/api/predict", "-H", "Content-Type: application/json", "-d",
                #"{"logs": ["12345678"]}"#)
            #expect(answer.contains(#""class_name":"security_anomaly""#))
        }
    }

    @Test("HTTPS shows a certificate of our authority, and a renewed one without a restart")
    func https() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "edge-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = Process()
        script.executableURL =
            URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../deploy/make-certificates").standardized
        script.arguments = [folder.path]
        try script.run()
        script.waitUntilExit()
        let authority = folder.appending(path: "ca.pem").path
        let credentials = try TLSCredentials(
            configuration: TLSConfiguration(
                certificateChain: folder.appending(path: "edge.pem").path,
                privateKey: folder.appending(path: "edge.key").path, applicationProtocols: ["http/1.1"],
                requiresApplicationProtocol: false, requiresPeerCertificate: false), role: .server)
        try await Self.listen(EdgeBench(), credentials: credentials) { port in
            let url = "https://localhost:\(port)/livez"
            #expect(try await Self.curl("--cacert", authority, url) == #"{"status":"alive"}"#)
            #expect(try await Self.curl(url).contains("certificate"))
            let address = try #require(EdgeAddress("https://localhost:\(port)"))
            #expect(try await EdgeAnalyzer(EdgeClient(address, authority: authority)).verdicts(on: "12345678") == 1)
            let error = await #expect(throws: EdgeClientError.self) {
                try await EdgeAnalyzer(EdgeClient(address)).verdicts(on: "12345678")
            }
            #expect(error?.description.contains("certificate") == true)
            for suffix in ["pem", "key"] {
                let renewed = try Data(contentsOf: folder.appending(path: "client.\(suffix)"))
                try renewed.write(to: folder.appending(path: "edge.\(suffix)"), options: .atomic)
            }
            #expect(try credentials.reloadIfChanged())
            let shown = try await Self.curl("--cacert", authority, "--verbose", url)
            #expect(shown.contains("client.tocsin.internal"))
        }
    }

    @Test("a caller that hangs up cancels its work")
    func hangUp() async throws {
        let cancelled = Mutex(false)
        let began = Mutex(false)
        let embedder = RecordingEmbedder(onEmbed: {
            began.withLock { $0 = true }
            do { try await Task.sleep(for: .seconds(60)) } catch {
                cancelled.withLock { $0 = true }
                throw error
            }
        })
        try await Self.listen(EdgeBench(embedder: embedder)) { port in
            _ = try await Self.curl(
                "--max-time", "1", "http://127.0.0.1:\(port)/api/predict", "-d", #"{"logs": ["12345678"]}"#)
            let hadBegun = began.withLock { $0 }
            #expect(hadBegun)
            let deadline = ContinuousClock.now + .seconds(5)
            while !cancelled.withLock({ $0 }), .now < deadline { try await Task.sleep(for: .milliseconds(20)) }
            let wasCancelled = cancelled.withLock { $0 }
            #expect(wasCancelled)
        }
    }

    @Test("a stream is answered while it is still being sent")
    func streams() async throws {
        try await Self.listen(EdgeBench()) { port in
            let answer = try await Self.curl(
                "http://127.0.0.1:\(port)/v1/logs:analyze", "-H", "Content-Type: text/plain", "-H",
                "Accept: application/x-ndjson", "--data-binary",
                (1...5000).map { "line \($0)" }.joined(separator: "\n"))
            #expect(answer.split(separator: "\n").count == 5001)
        }
    }

    @Test("headers beyond the limit are refused, and who sends nothing is cut off")
    func limits() async throws {
        var limits = HTTPLimits()
        limits.maxHeaderBytes = 2048
        limits.idleTimeout = .milliseconds(300)
        try await Self.listen(EdgeBench(), limits: limits) { port in
            let refused = try await Self.curl(
                "--include", "http://127.0.0.1:\(port)/livez", "-H", "X-Large: \(String(repeating: "x", count: 4096))")
            #expect(refused.hasPrefix("HTTP/1.1 431"))
            #expect(refused.contains("application/problem+json") && refused.contains(#""code":"headers_too_large""#))
            let garbled = try await Self.raw("GET / HTTP/1.1\r\nbad header\r\n\r\n", port: port)
            #expect(garbled.hasPrefix("HTTP/1.1 400") && garbled.hasSuffix(#""code":"malformed_http"}"#), "\(garbled)")
            let second = try await Self.raw("GET /livez HTTP/1.1\r\nHost: a\r\n\r\nnonsense\r\n\r\n", port: port)
            #expect(second.hasPrefix("HTTP/1.1 200") && second.contains("HTTP/1.1 400"), "\(second)")
            let start = ContinuousClock.now
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port).get()
            // A head that never ends.
            try await channel.writeAndFlush(ByteBuffer(string: "GET /livez HTTP/1.1\r\nX-Slow: "))
            try await channel.closeFuture.get()
            #expect(ContinuousClock.now - start < .seconds(5))
        }
    }

    @Test("a stream that the edge is slow to take is not cut off, and one whose sender stops is")
    func idleStreams() async throws {
        var limits = HTTPLimits()
        limits.idleTimeout = .milliseconds(300)
        let embedder = RecordingEmbedder(onEmbed: { try await Task.sleep(for: .milliseconds(700)) })
        let body = FileManager.default.temporaryDirectory.appending(path: "lines-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: body) }
        let count = 20_000  // more than the edge and the sockets hold while they wait
        try Data((1...count).map { "\($0 % 9) \(String(repeating: "x", count: 90))\n" }.joined().utf8).write(to: body)
        try await Self.listen(EdgeBench(embedder: embedder, limits: limits), limits: limits) { port in
            let url = "http://127.0.0.1:\(port)/v1/logs:analyze"
            let answer = try await Self.curl(
                url, "-H", "Content-Type: text/plain", "-H", "Accept: application/x-ndjson", "-H", "Expect:",
                "--data-binary", "@\(body.path)")
            #expect(answer.split(separator: "\n").count == count + 1)

            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port).get()
            let start = ContinuousClock.now
            try await channel.writeAndFlush(
                ByteBuffer(
                    string: "POST /v1/logs:analyze HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
                        + "Content-Length: 100\r\n\r\nhalf a"))
            try await channel.closeFuture.get()
            #expect(ContinuousClock.now - start < .seconds(5))
        }
    }

    @Test("a body that goes on after its answer, which nobody reads, does not hold the connection")
    func unreadBody() async throws {
        try await Self.listen(EdgeBench()) { port in
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port).get()
            let start = ContinuousClock.now
            try await channel.writeAndFlush(
                ByteBuffer(string: "POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"))
            let trickle = Task {
                while true {
                    try await Task.sleep(for: .milliseconds(200))
                    try await channel.writeAndFlush(ByteBuffer(string: "x"))
                }
            }
            try await channel.closeFuture.get()
            trickle.cancel()
            #expect((.seconds(4) ... .seconds(15)).contains(ContinuousClock.now - start))
        }
    }

    @Test("a body that comes too slowly is 408")
    func slowBody() async throws {
        var limits = HTTPLimits()
        limits.bodyTimeout = .milliseconds(300)
        let body = FileManager.default.temporaryDirectory.appending(path: "slow-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: body) }
        try Data(repeating: UInt8(ascii: "x"), count: 200_000).write(to: body)
        try await Self.listen(EdgeBench(limits: limits), limits: limits) { port in
            let answer = try await Self.curl(
                "--include", "http://127.0.0.1:\(port)/api/predict", "-H", "Expect:", "--limit-rate", "10",
                "--data-binary", "@\(body.path)")
            #expect(answer.hasPrefix("HTTP/1.1 408"), "\(answer.prefix(200))")
        }
    }

    @Test("a line that comes byte by byte ends its stream, and its connection, after the time for a body")
    func slowLine() async throws {
        var limits = HTTPLimits()
        limits.bodyTimeout = .milliseconds(300)
        try await Self.listen(EdgeBench(limits: limits), limits: limits) { port in
            let head =
                "POST /v1/logs:analyze HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\n"
            let answer = try await Self.raw(head, then: Array(repeating: "x", count: 100), port: port)
            #expect(answer.hasPrefix("HTTP/1.1 408") && answer.contains(#""code":"body_too_slow""#), "\(answer)")
            let rest = try await Self.raw(head + "whole\n", then: Array(repeating: "x", count: 100), port: port)
            #expect(rest.hasPrefix("HTTP/1.1 200") && rest.contains(#""code":"body_too_slow""#), "\(rest)")
        }
    }

    /// What the server says to bytes that need be no HTTP, until it closes the connection.
    ///
    /// - Parameter pieces: sent one by one, every 50 ms, while the connection is open.
    private static func raw(_ bytes: String, then pieces: [String] = [], port: Int) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: bytes))
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for piece in pieces {
                        try await Task.sleep(for: .milliseconds(50))
                        try await outbound.write(ByteBuffer(string: piece))
                    }
                }
                var answer = ""
                for try await buffer in inbound { answer += String(buffer: buffer) }
                group.cancelAll()
                return answer
            }
        }
    }
}

extension EdgeAnalyzer {
    /// How many verdicts there are on one record.
    fileprivate func verdicts(on record: String) async throws -> Int {
        let source = Mutex<LineBlock?>([record])
        return try await analyze(
            AnalysisRequest(),
            reading: {
                source.withLock { block in
                    defer { block = nil }
                    return block
                }
            }, emit: { _ in }
        ).summary.verdicts
    }
}
