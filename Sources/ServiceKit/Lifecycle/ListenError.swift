import GRPCCore
import Glibc
import NIOCore

/// Why a server cannot listen.
struct ListenError: Error, CustomStringConvertible {
    let description: String

    /// - Parameters:
    ///   - error: what the transport threw.
    ///   - flag: the setting that chooses the port.
    init(_ error: any Error, address: String, flag: String) {
        let cause = (error as? RuntimeError)?.cause ?? error
        guard let cause = cause as? IOError else {
            description = "the server on \(address) failed: \(cause)"
            return
        }
        let reason = String(cString: strerror(cause.errnoCode))
        description =
            switch cause.errnoCode {
            case EADDRINUSE:
                "cannot listen on \(address): \(reason); stop what listens there or choose another port with \(flag)"
            case EADDRNOTAVAIL:
                "cannot listen on \(address): \(reason); name an address of this machine with --host"
            case EACCES:
                "cannot listen on \(address): \(reason); choose a port of 1024 or more with \(flag)"
            default: "cannot listen on \(address): \(reason)"
            }
    }
}
