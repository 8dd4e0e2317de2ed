import GRPCCore
import ServiceKit
import WireMessages

/// The part of `tocsin.parser.v1.Parser` that shows and changes the live tree.
struct TemplateService: RegistrableRPCService {
    let templates: LiveTemplates

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        router.unary(.listTemplates) { await templates.page($0) }
        router.unary(.pinTemplate) { try templates.pin($0) }
        router.unary(.renameTemplate) { try templates.rename($0) }
        router.unary(.deleteTemplate) { try templates.delete($0) }
        router.unary(.importTemplates) { await templates.take($0) }
        router.unary(.sync) { templates.changes(for: $0) }
    }
}
