import Foundation
import NIOCore
import NIOPosix
import RunningServices
import Testing
import TocsinCore
import WireMessages

@testable import ServiceKit

@Suite("Metrics")
struct MetricsTests {
    @Test("counters, gauges and histograms are written as Prometheus reads them")
    func page() {
        let registry = MetricsRegistry()
        let lines = registry.counter("lines_total", help: "Lines\nread.", labels: ["kind"])
        lines.add(labels: ["b"])
        lines.add(2.5, labels: ["a \"quoted\" \\ \n"])
        let queue = registry.gauge("queue", help: "Waiting.")
        queue.add(3)
        queue.add(-1)
        let seconds = registry.histogram("seconds", help: "Time.", buckets: [0.1, 1])
        for value in [0.05, 0.1, 0.5, 7] { seconds.observe(value) }
        registry.observed("answer", help: "Asked.") { .infinity }
        registry.observed("unknown", help: "Never known.") { nil }
        #expect(
            registry.page() == #"""
                # HELP lines_total Lines\nread.
                # TYPE lines_total counter
                lines_total{kind="a \"quoted\" \\ \n"} 2.5
                lines_total{kind="b"} 1
                # HELP queue Waiting.
                # TYPE queue gauge
                queue 2
                # HELP seconds Time.
                # TYPE seconds histogram
                seconds_bucket{le="0.1"} 2
                seconds_bucket{le="1"} 3
                seconds_bucket{le="+Inf"} 4
                seconds_sum 7.65
                seconds_count 4
                # HELP answer Asked.
                # TYPE answer gauge
                answer +Inf

                """#)
    }

    @Test("a share of a histogram's values lies under a bound that is estimated within a bucket")
    func quantile() {
        let seconds = MetricsRegistry().histogram("seconds", help: "Time.", labels: ["path"], buckets: [1, 2, 4])
        #expect(seconds.quantile(0.5) == nil)
        for value in [0.5, 1.5, 1.5, 1.5] { seconds.observe(value, labels: [value < 1 ? "/a" : "/b"]) }
        #expect(seconds.quantile(0.25) == 1)
        #expect(seconds.quantile(0.5) == 1 + 1.0 / 3)
        #expect(seconds.quantile(1) == 2)
        for _ in 0..<4 { seconds.observe(9, labels: ["/a"]) }
        #expect(seconds.quantile(0.99) == 4)
    }

    @Test("what the kernel says of the process is plausible")
    func process() throws {
        let registry = MetricsRegistry()
        ProcessMetrics.register(in: registry)
        let values = try Self.samples(of: registry.page())
        #expect(try #require(values["process_cpu_seconds_total"]) > 0)
        #expect(try #require(values["process_resident_memory_bytes"]) > 1_000_000)
        #expect(try #require(values["process_open_fds"]) > 2)
        let start = try #require(values["process_start_time_seconds"])
        #expect(abs(start - Date.now.timeIntervalSince1970) < 3600)
    }

    @Test("calls and items are counted by method and outcome")
    func calls() async throws {
        let tier = TestTier { batch in
            CallContext.current?.countItems(answered: batch.texts.count - 1, failed: 1)
            return TestTier.answer(batch)
        }
        try await TestServer.run([tier], acceptedNames: ["spiffe://tocsin/edge"]) { server in
            try await server.withClient { client in
                for _ in 0..<3 { _ = try await client.unary(.embed, EmbedBatch(texts: ["x", "y"])) }
            }
            try await server.withClient("DNS:stranger.test") { client in
                _ = try? await client.unary(.embed, EmbedBatch(texts: ["x"]))
            }
            let values = try Self.samples(of: server.server.metrics.page())
            let method = #"grpc_service="tocsin.embedding.v1.Embedding",grpc_method="Embed""#
            #expect(values["grpc_server_handled_total{\(method),grpc_code=\"OK\"}"] == 3)
            #expect(values["grpc_server_handled_total{\(method),grpc_code=\"permissionDenied\"}"] == 1)
            #expect(values["grpc_server_in_flight{\(method)}"] == 0)
            #expect(values["grpc_server_handling_seconds_count{\(method)}"] == 4)
            #expect(values["tocsin_items_total{\(method),outcome=\"answered\"}"] == 3)
            #expect(values["tocsin_items_total{\(method),outcome=\"failed\"}"] == 3)
        }
    }

    @Test("the page is served over HTTP, and nothing else is")
    func http() async throws {
        let registry = MetricsRegistry()
        registry.counter("greetings_total", help: "Greetings.").add(5)
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let server = MetricsServer(registry: registry, host: "127.0.0.1", port: 0, logger: testLogger) { port in
            continuation.yield(port)
        }
        try await whileRunning([server]) {
            let port = try #require(await ports.first { _ in true })
            let page = try await Self.get("/metrics", port: port)
            #expect(page.hasPrefix("HTTP/1.1 200 OK"))
            #expect(page.lowercased().contains("content-type: text/plain; version=0.0.4"))
            #expect(page.contains("\ngreetings_total 5\n"))
            #expect(try await Self.get("/", port: port).hasPrefix("HTTP/1.1 404"))
        }
    }

    /// Each sample's name with its labels, and its value; a line that is neither sample nor comment fails the test.
    private static func samples(of page: String) throws -> [String: Double] {
        var samples: [String: Double] = [:]
        for line in page.split(separator: "\n") where !line.hasPrefix("# HELP ") && !line.hasPrefix("# TYPE ") {
            let match = try #require(
                line.wholeMatch(of: /([a-zA-Z_:][a-zA-Z0-9_:]*(?:\{(?:[a-z_]+="(?:[^"\\]|\\.)*",?)*\})?) (\S+)/),
                "'\(line)' is no sample")
            let value: Double = try #require(Double(String(match.2)), "'\(line)' has no number")
            samples[String(match.1)] = value
        }
        return samples
    }

    private static func get(_ path: String, port: Int) async throws -> String {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            let request = "GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            try await outbound.write(ByteBuffer(string: request))
            var response = ByteBuffer()
            for try await var part in inbound { response.writeBuffer(&part) }
            return String(buffer: response)
        }
    }
}
