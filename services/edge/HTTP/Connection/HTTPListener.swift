internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import ServiceKit

/// One address at which the edge answers HTTP.
struct HTTPListener: Sendable {
    let host: String
    let port: Int
    /// The credentials of HTTPS; nil serves in the clear.
    let credentials: TLSCredentials?
    let limits: HTTPLimits
    let hangUps: HangUps
    let logger: Logger

    func application(
        _ responder: RouterResponder<EdgeContext>,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        var configuration = ApplicationConfiguration(address: .hostname(host, port: port))
        configuration.availableConnectionsDelegate = MaximumAvailableConnections(limits.maxConnections)
        let scheme = credentials == nil ? "HTTP" : "HTTPS"
        return Application(
            responder: responder, server: server, configuration: configuration,
            onServerRunning: { [logger, port] channel in
                let port = channel.localAddress?.port ?? port
                logger.notice("serving \(scheme)", metadata: ["port": "\(port)"])
                await onListening(port)
            }, logger: logger)
    }

    private var server: HTTPServerBuilder {
        let channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                ConnectionEnd(hangUps: hangUps, maxHeaderBytes: limits.maxHeaderBytes, logger: logger),
                ConnectionGuard(
                    hangUps: hangUps, idleTimeout: TimeAmount(limits.idleTimeout),
                    writeTimeout: TimeAmount(limits.writeTimeout)),
            ],
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: limits.maxHeaderBytes, maxHeaderListSize: limits.maxHeaderBytes,
                maxHeaderFieldCount: 100))
        return HTTPServerBuilder { [credentials] responder in
            let base = HTTP1Channel(responder: responder, configuration: channel)
            guard let credentials else { return base }
            return TLSChildChannel(base: base, credentials: credentials)
        }
    }
}
