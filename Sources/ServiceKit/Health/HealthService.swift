import GRPCCore
import WireMessages

/// `grpc.health.v1.Health`, for load balancers, orchestrators and people.
struct HealthService: RegistrableRPCService {
    let status: HealthStatus

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        router.unary(.check) { [status] request in
            guard let status = status.status(of: request.service) else {
                throw RPCError(code: .notFound, message: "there is no service '\(request.service)' here")
            }
            return HealthCheckResponse(status)
        }
        router.watch(.watch) { [status] request, writer in
            var last: HealthCheckResponse.Status?
            for await status in status.changes(of: request.service) where status != last {
                try await writer.write(HealthCheckResponse(status))
                last = status
            }
            try Task.checkCancellation()
            throw RPCError(code: .unavailable, message: "the server is shutting down")
        }
    }
}
