import GRPCCore
import WireMessages

/// `grpc.reflection.v1` and `v1alpha`: lets tools call a server whose contracts they have never seen.
struct ReflectionService: RegistrableRPCService {
    let descriptors: DescriptorSet
    /// The full names of what this server serves.
    let services: [String]

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        for method in WireMethod.reflection {
            router.stream(method) { ReflectionResponse(to: $0, answer($0.question)) }
        }
    }

    private func answer(_ question: ReflectionRequest.Question?) -> ReflectionResponse.Answer {
        switch question {
        case .services: .services(services.sorted())
        case .file(let name): files(of: descriptors.file(named: name), "no file '\(name)'")
        case .fileContaining(let symbol):
            files(of: descriptors.file(containing: symbol), "no symbol '\(symbol)'")
        case .extensionNumbers(ofType: let type):
            // The contracts are proto3: nothing is extended.
            descriptors.file(containing: type) == nil
                ? notFound("no message '\(type)'") : .extensionNumbers(ofType: type, [])
        case .fileExtending(let type, let number): notFound("no extension \(number) of '\(type)'")
        case nil:
            .error(code: Int32(Status.Code.invalidArgument.rawValue), message: "the request asks nothing")
        }
    }

    /// The file and all that it imports, so that one question is enough.
    private func files(of file: DescriptorSet.File?, _ otherwise: String) -> ReflectionResponse.Answer {
        file.map { .files(descriptors.closure(of: $0).map(\.bytes)) } ?? notFound(otherwise)
    }

    private func notFound(_ what: String) -> ReflectionResponse.Answer {
        .error(code: Int32(Status.Code.notFound.rawValue), message: what)
    }
}
