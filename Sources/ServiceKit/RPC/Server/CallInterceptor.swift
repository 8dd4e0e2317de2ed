import GRPCCore
import Logging

/// Surrounds every call: checks who calls, gives the work its id and deadline, counts, times and logs it, and turns
/// what a handler throws into a status.
struct CallInterceptor: ServerInterceptor {
    let authorization: CallerAuthorization
    let metrics: RPCMetrics
    let logger: Logger

    func intercept<Input: Sendable, Output: Sendable>(
        request: StreamingServerRequest<Input>, context: ServerContext,
        next: @Sendable (StreamingServerRequest<Input>, ServerContext) async throws -> StreamingServerResponse<Output>
    ) async throws -> StreamingServerResponse<Output> {
        let call = CallContext(
            requestID: RequestID.accepted(from: request.metadata), deadline: CallDeadline.read(from: request.metadata),
            peer: context.connection?.peer, descriptor: context.descriptor,
            metrics: metrics)
        let record = CallRecord(call: call, metrics: metrics, logger: logger)
        return await CallContext.$current.withValue(call) {
            do {
                if !context.descriptor.isOpenToEveryCaller { try authorization.check(call.peer) }
                let response = try await next(request, context)
                return record.recording(response)
            } catch {
                return StreamingServerResponse(error: record.ended(error))
            }
        }
    }
}

extension MethodDescriptor {
    /// Probes and tools that only look may be run by everyone whom our authority knows.
    var isOpenToEveryCaller: Bool { service.package.hasPrefix("grpc.") }
}

/// One call from its first byte to its status.
private struct CallRecord: Sendable {
    let call: CallContext
    let metrics: RPCMetrics
    let logger: Logger
    private let start = ContinuousClock.now

    init(call: CallContext, metrics: RPCMetrics, logger: Logger) {
        self.call = call
        self.metrics = metrics
        self.logger = logger
        metrics.began(call)
    }

    /// The same response, its messages produced inside the call's context and its end recorded.
    func recording<Output>(_ response: StreamingServerResponse<Output>) -> StreamingServerResponse<Output> {
        switch response.accepted {
        case .failure(let error):
            return StreamingServerResponse(error: ended(error))
        case .success(let contents):
            return StreamingServerResponse(metadata: contents.metadata) { writer in
                try await CallContext.$current.withValue(call) {
                    do {
                        let trailers = try await contents.producer(writer)
                        ended(code: "OK", level: .info, message: "answered")
                        return trailers
                    } catch {
                        throw ended(error)
                    }
                }
            }
        }
    }

    /// The status that `error` means.
    func ended(_ error: any Error) -> RPCError {
        let status = status(of: error)
        let isOurFault = status.code == .internalError || status.code == .unknown
        ended(
            code: "\(status.code)", level: isOurFault ? .error : .notice,
            message: status.cause.map { "\(status.message) (\($0))" } ?? status.message)
        return status
    }

    private func status(of error: any Error) -> RPCError {
        switch error {
        case is CancellationError where call.isOverdue:
            RPCError(code: .deadlineExceeded, message: "the deadline passed while the call was being answered")
        case is CancellationError:
            RPCError(code: .cancelled, message: "the caller went away")
        case let error as RPCError: error
        case let error as any RPCErrorConvertible: RPCError(error)
        default: RPCError(code: .internalError, message: "the server failed; its log says more", cause: error)
        }
    }

    private func ended(code: String, level: Logger.Level, message: String) {
        let duration = ContinuousClock.now - start
        metrics.ended(call, code: code, duration: duration)
        let isProbe = call.service.hasPrefix("grpc.")
        logger.log(
            level: isProbe && level == .info ? .debug : level, "\(message)",
            metadata: [
                "rpc": "\(call.service)/\(call.method)", "code": "\(code)",
                "milliseconds": "\(duration.milliseconds)", "caller": "\(call.peer?.subject ?? "unknown")",
            ])
    }
}

extension Duration {
    /// With three decimals, for people.
    var milliseconds: String {
        let microseconds = Int64(self / .microseconds(1))
        let fraction = String(microseconds % 1000)
        return "\(microseconds / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
    }
}
