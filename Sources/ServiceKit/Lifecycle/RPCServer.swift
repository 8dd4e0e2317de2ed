import GRPCCore
import Logging
import ServiceLifecycle
import WireMessages

/// The gRPC part of a server: its services, health and reflection behind one interceptor.
struct RPCServer: Sendable {
    let transport: TLSServerTransport
    let server: GRPCServer<TLSServerTransport>
    let health: HealthStatus
    let configuration: ServerConfiguration
    let logger: Logger

    init(
        transport: TLSServerTransport, services: [any RegistrableRPCService], names: [String], health: HealthStatus,
        configuration: ServerConfiguration, metrics: MetricsRegistry, logger: Logger
    ) {
        self.transport = transport
        self.health = health
        self.configuration = configuration
        self.logger = logger
        let health = HealthService(status: health)
        let visible = names + Self.names(of: [health])
        let reflection = ReflectionService(descriptors: .tocsin, services: visible)
        server = GRPCServer(
            transport: transport, services: services + [health, reflection],
            interceptors: [
                CallInterceptor(
                    authorization: configuration.authorization, metrics: RPCMetrics(metrics), logger: logger)
            ])
    }

    /// The full names of all services that `services` register.
    static func names(of services: [any RegistrableRPCService]) -> [String] {
        var router = RPCRouter<TLSServerTransport>()
        for service in services { service.registerMethods(with: &router) }
        return Set(router.methods.map(\.service.fullyQualifiedService)).sorted()
    }

    /// Says NOT_SERVING, gives load balancers time to see it, and then refuses calls while those under way end.
    func drain() async throws {
        logger.notice("draining", metadata: ["grace_period": "\(configuration.gracePeriod)"])
        health.drain()
        try await Task.sleep(for: configuration.drainDelay)
        health.end()
        server.beginGracefulShutdown()
    }
}

/// Runs the gRPC part of a server as one of the services of a program.
struct RPCServerService: Service, CustomStringConvertible {
    let server: RPCServer
    let warmUp: @Sendable () async throws -> Void

    var description: String { "gRPC server" }

    private enum Step: Sendable { case served, warmedUp, drained }

    func run() async throws {
        try await withThrowingTaskGroup(of: Step.self) { group in
            group.addTask {
                try await serve()
                return .served
            }
            group.addTask {
                try await open()
                return .warmedUp
            }
            group.addTask {
                try await gracefulShutdown()
                try await server.drain()
                return .drained
            }
            for try await step in group where step == .served {
                group.cancelAll()
                return
            }
        }
    }

    private func serve() async throws {
        do {
            try await server.server.serve()
        } catch {
            throw ListenError(
                error, address: "\(server.configuration.host):\(server.configuration.port)", flag: "--port")
        }
    }

    private func open() async throws {
        guard let port = await server.transport.port else { return }
        server.logger.info("listening", metadata: ["host": "\(server.configuration.host)", "port": "\(port)"])
        try await warmUp()
        server.health.set(isServing: true)
        server.logger.notice("serving", metadata: ["port": "\(port)"])
    }
}
