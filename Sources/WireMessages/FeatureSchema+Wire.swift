internal import CTocsinProto
internal import TocsinCore

extension Tocsin__Common__V1__FeatureSchema: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__common__v1__feature_schema__init }
}

extension FeatureSchema {
    init(_ message: Tocsin__Common__V1__FeatureSchema) throws(WireError.Reason) {
        self.init(
            version: Int(message.version),
            templateTreeSHA256: try text("feature_schema.template_tree_sha256", message.template_tree_sha256))
    }
}

extension Arena {
    func message(
        _ schema: FeatureSchema
    ) throws(WireError.Reason) -> UnsafeMutablePointer<Tocsin__Common__V1__FeatureSchema> {
        let message = allocate(Tocsin__Common__V1__FeatureSchema.self, count: 1)
        tocsin__common__v1__feature_schema__init(message)
        message.pointee.version = try unsigned("feature_schema.version", schema.version)
        message.pointee.template_tree_sha256 = try string(
            "feature_schema.template_tree_sha256", schema.templateTreeSHA256)
        return message
    }
}
