internal import CTocsinProto

extension Grpc__Health__V1__HealthCheckRequest: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { grpc__health__v1__health_check_request__init }
}

extension Grpc__Health__V1__HealthCheckResponse: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { grpc__health__v1__health_check_response__init }
}

/// Asks for the health of one service.
public struct HealthCheckRequest: Sendable, Hashable {
    /// Empty for the server as a whole.
    public var service: String

    public init(service: String = "") {
        self.service = service
    }
}

extension HealthCheckRequest: WireMessage, ArenaRepresented {
    init(_ message: Grpc__Health__V1__HealthCheckRequest) throws(WireError.Reason) {
        self.init(service: try text("service", message.service))
    }

    func fill(
        _ message: inout Grpc__Health__V1__HealthCheckRequest, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.service = try arena.string("service", service)
    }
}

/// The health of one service.
public struct HealthCheckResponse: Sendable, Hashable {
    /// Raw values are those of the contract.
    public enum Status: Int, Sendable, CaseIterable {
        case unknown = 0
        case serving
        case notServing
        /// Of `Watch` alone; `Check` answers NOT_FOUND.
        case serviceUnknown
    }

    public var status: Status

    public init(_ status: Status) {
        self.status = status
    }
}

extension HealthCheckResponse: WireMessage, ArenaRepresented {
    /// A status that a later contract may add is `unknown`.
    init(_ message: Grpc__Health__V1__HealthCheckResponse) {
        self.init(Status(rawValue: Int(message.status.rawValue)) ?? .unknown)
    }

    func fill(_ message: inout Grpc__Health__V1__HealthCheckResponse, in arena: borrowing Arena) {
        message.status = Grpc__Health__V1__HealthCheckResponse__ServingStatus(rawValue: UInt32(status.rawValue))
    }
}
