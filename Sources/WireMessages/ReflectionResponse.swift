internal import CTocsinProto

extension Grpc__Reflection__V1__ServerReflectionResponse: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void {
        grpc__reflection__v1__server_reflection_response__init
    }
}

extension Grpc__Reflection__V1__ServiceResponse: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { grpc__reflection__v1__service_response__init }
}

/// The answer to one `ReflectionRequest`.
public struct ReflectionResponse: Sendable, Hashable {
    public enum Answer: Sendable, Hashable {
        /// Serialized `google.protobuf.FileDescriptorProto` messages.
        case files([[UInt8]])
        case extensionNumbers(ofType: String, [Int32])
        case services([String])
        /// A gRPC status code and what was not found.
        case error(code: Int32, message: String)
    }

    public var validHost: String
    public var request: ReflectionRequest
    public var answer: Answer

    public init(to request: ReflectionRequest, _ answer: Answer) {
        validHost = request.host
        self.request = request
        self.answer = answer
    }
}

extension ReflectionResponse: WireMessage, ArenaRepresented {
    init(_ message: Grpc__Reflection__V1__ServerReflectionResponse) throws(WireError.Reason) {
        let request = try ReflectionRequest(required("original_request", message.original_request))
        self.init(to: request, try Answer(message))
        validHost = try text("valid_host", message.valid_host)
    }

    func fill(
        _ message: inout Grpc__Reflection__V1__ServerReflectionResponse, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.valid_host = try arena.string("valid_host", validHost)
        message.original_request = try arena.message(request)
        switch answer {
        case .files(let files):
            message.message_response_case =
                GRPC__REFLECTION__V1__SERVER_REFLECTION_RESPONSE__MESSAGE_RESPONSE_FILE_DESCRIPTOR_RESPONSE
            message.file_descriptor_response = arena.files(files)
        case .extensionNumbers(ofType: let type, let numbers):
            message.message_response_case =
                GRPC__REFLECTION__V1__SERVER_REFLECTION_RESPONSE__MESSAGE_RESPONSE_ALL_EXTENSION_NUMBERS_RESPONSE
            message.all_extension_numbers_response = try arena.extensionNumbers(type, numbers)
        case .services(let names):
            message.message_response_case =
                GRPC__REFLECTION__V1__SERVER_REFLECTION_RESPONSE__MESSAGE_RESPONSE_LIST_SERVICES_RESPONSE
            message.list_services_response = try arena.services(names)
        case .error(let code, let text):
            message.message_response_case =
                GRPC__REFLECTION__V1__SERVER_REFLECTION_RESPONSE__MESSAGE_RESPONSE_ERROR_RESPONSE
            let error = arena.allocate(Grpc__Reflection__V1__ErrorResponse.self, count: 1)
            grpc__reflection__v1__error_response__init(error)
            error.pointee.error_code = code
            error.pointee.error_message = try arena.prose("error_message", text)
            message.error_response = error
        }
    }
}

extension ReflectionResponse.Answer {
    fileprivate init(_ message: Grpc__Reflection__V1__ServerReflectionResponse) throws(WireError.Reason) {
        switch message.message_response_case {
        case GRPC__REFLECTION__V1__SERVER_REFLECTION_RESPONSE__MESSAGE_RESPONSE_FILE_DESCRIPTOR_RESPONSE:
            let files = try required("file_descriptor_response", message.file_descriptor_response)
            self = .files(
                UnsafeBufferPointer(start: files.file_descriptor_proto, count: files.n_file_descriptor_proto)
                    .map { Array(buffer($0)) })
        case GRPC__REFLECTION__V1__SERVER_REFLECTION_RESPONSE__MESSAGE_RESPONSE_ALL_EXTENSION_NUMBERS_RESPONSE:
            let numbers = try required("all_extension_numbers_response", message.all_extension_numbers_response)
            self = .extensionNumbers(
                ofType: try text("base_type_name", numbers.base_type_name),
                Array(UnsafeBufferPointer(start: numbers.extension_number, count: numbers.n_extension_number)))
        case GRPC__REFLECTION__V1__SERVER_REFLECTION_RESPONSE__MESSAGE_RESPONSE_LIST_SERVICES_RESPONSE:
            let list = try required("list_services_response", message.list_services_response)
            self = .services(
                try map("service", list.service, list.n_service) { (service) throws(WireError.Reason) in
                    try text("name", service.name)
                })
        case GRPC__REFLECTION__V1__SERVER_REFLECTION_RESPONSE__MESSAGE_RESPONSE_ERROR_RESPONSE:
            let error = try required("error_response", message.error_response)
            self = .error(code: error.error_code, message: try text("error_message", error.error_message))
        default:
            throw .invalid(field: "message_response", found: "absent", expected: "one of its four kinds")
        }
    }
}

extension Arena {
    fileprivate func files(_ files: [[UInt8]]) -> UnsafeMutablePointer<Grpc__Reflection__V1__FileDescriptorResponse> {
        let response = allocate(Grpc__Reflection__V1__FileDescriptorResponse.self, count: 1)
        grpc__reflection__v1__file_descriptor_response__init(response)
        response.pointee.n_file_descriptor_proto = files.count
        response.pointee.file_descriptor_proto = allocate(ProtobufCBinaryData.self, count: files.count)
        for (index, file) in files.enumerated() {
            response.pointee.file_descriptor_proto[index] = file.withUnsafeBufferPointer { bytes($0) }
        }
        return response
    }

    fileprivate func extensionNumbers(
        _ type: String, _ numbers: [Int32]
    ) throws(WireError.Reason) -> UnsafeMutablePointer<Grpc__Reflection__V1__ExtensionNumberResponse> {
        let response = allocate(Grpc__Reflection__V1__ExtensionNumberResponse.self, count: 1)
        grpc__reflection__v1__extension_number_response__init(response)
        response.pointee.base_type_name = try string("base_type_name", type)
        response.pointee.n_extension_number = numbers.count
        response.pointee.extension_number = allocate(Int32.self, count: numbers.count)
        for (index, number) in numbers.enumerated() { response.pointee.extension_number[index] = number }
        return response
    }

    fileprivate func services(
        _ names: [String]
    ) throws(WireError.Reason) -> UnsafeMutablePointer<Grpc__Reflection__V1__ListServiceResponse> {
        let response = allocate(Grpc__Reflection__V1__ListServiceResponse.self, count: 1)
        grpc__reflection__v1__list_service_response__init(response)
        response.pointee.n_service = names.count
        response.pointee.service = try messages("service", names) {
            (name, message: inout Grpc__Reflection__V1__ServiceResponse) throws(WireError.Reason) in
            message.name = try string("name", name)
        }
        return response
    }
}
