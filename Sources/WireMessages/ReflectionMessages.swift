internal import CTocsinProto

// v1 and v1alpha of the contract have the same fields, so these values are the messages of both.

extension Grpc__Reflection__V1__ServerReflectionRequest: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void {
        grpc__reflection__v1__server_reflection_request__init
    }
}

/// A question about what a server serves.
public struct ReflectionRequest: Sendable, Hashable {
    public enum Question: Sendable, Hashable {
        case file(name: String)
        case fileContaining(symbol: String)
        case fileExtending(type: String, number: Int32)
        case extensionNumbers(ofType: String)
        case services
    }

    public var host: String
    /// Nil where the request asks nothing, or something newer than this contract.
    public var question: Question?

    public init(host: String = "", _ question: Question?) {
        self.host = host
        self.question = question
    }
}

extension ReflectionRequest: WireMessage, ArenaRepresented {
    init(_ message: Grpc__Reflection__V1__ServerReflectionRequest) throws(WireError.Reason) {
        self.init(host: try text("host", message.host), try Question(message))
    }

    func fill(
        _ message: inout Grpc__Reflection__V1__ServerReflectionRequest, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.host = try arena.string("host", host)
        switch question {
        case .file(let name):
            message.message_request_case =
                GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_FILE_BY_FILENAME
            message.file_by_filename = try arena.string("file_by_filename", name)
        case .fileContaining(let symbol):
            message.message_request_case =
                GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_FILE_CONTAINING_SYMBOL
            message.file_containing_symbol = try arena.string("file_containing_symbol", symbol)
        case .fileExtending(let type, let number):
            message.message_request_case =
                GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_FILE_CONTAINING_EXTENSION
            let request = arena.allocate(Grpc__Reflection__V1__ExtensionRequest.self, count: 1)
            grpc__reflection__v1__extension_request__init(request)
            request.pointee.containing_type = try arena.string("containing_type", type)
            request.pointee.extension_number = number
            message.file_containing_extension = request
        case .extensionNumbers(ofType: let type):
            message.message_request_case =
                GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_ALL_EXTENSION_NUMBERS_OF_TYPE
            message.all_extension_numbers_of_type = try arena.string("all_extension_numbers_of_type", type)
        case .services:
            message.message_request_case =
                GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_LIST_SERVICES
            message.list_services = try arena.string("list_services", "*")
        case nil: break
        }
    }
}

extension ReflectionRequest.Question {
    fileprivate init?(_ message: Grpc__Reflection__V1__ServerReflectionRequest) throws(WireError.Reason) {
        switch message.message_request_case {
        case GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_FILE_BY_FILENAME:
            self = .file(name: try text("file_by_filename", message.file_by_filename))
        case GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_FILE_CONTAINING_SYMBOL:
            self = .fileContaining(symbol: try text("file_containing_symbol", message.file_containing_symbol))
        case GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_FILE_CONTAINING_EXTENSION:
            let request = try required("file_containing_extension", message.file_containing_extension)
            self = .fileExtending(
                type: try text("containing_type", request.containing_type), number: request.extension_number)
        case GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_ALL_EXTENSION_NUMBERS_OF_TYPE:
            self = .extensionNumbers(
                ofType: try text("all_extension_numbers_of_type", message.all_extension_numbers_of_type))
        case GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_LIST_SERVICES:
            self = .services
        default: return nil
        }
    }
}
