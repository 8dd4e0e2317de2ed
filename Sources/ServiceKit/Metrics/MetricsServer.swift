import Hummingbird
public import Logging
public import ServiceLifecycle

/// Serves the registry's page as `GET /metrics`, on a port of its own and in the clear: for a scraper nearby.
public struct MetricsServer: Service {
    private let application: Application<RouterResponder<BasicRequestContext>>
    private let address: String

    /// - Parameters:
    ///   - port: 0 takes any free one.
    ///   - onListening: told the port once the page can be read.
    public init(
        registry: MetricsRegistry, host: String, port: Int, logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        address = "\(host):\(port)"
        let router = Router()
        router.get("/metrics") { _, _ in
            Response(
                status: .ok, headers: [.contentType: PrometheusText.contentType],
                body: ResponseBody(byteBuffer: ByteBuffer(string: registry.page())))
        }
        application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) }, logger: logger)
    }

    public func run() async throws {
        do {
            try await application.run()
        } catch {
            throw ListenError(error, address: address, flag: "--metrics-port")
        }
    }
}
