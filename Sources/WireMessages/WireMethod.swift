public import TocsinCore

/// One method of a contract, with the values that travel in it.
public struct WireMethod<Request: WireMessage, Response: WireMessage>: Sendable, Hashable {
    /// The service's full name, such as `tocsin.parser.v1.Parser`.
    public let service: String
    /// The method's name in it, such as `Parse`.
    public let name: String
}

/// The full names of the services.
public enum WireService {
    public static let parser = "tocsin.parser.v1.Parser"
    public static let embedding = "tocsin.embedding.v1.Embedding"
    public static let classifier = "tocsin.classifier.v1.Classifier"
    public static let analyzer = "tocsin.edge.v1.Analyzer"
    public static let health = "grpc.health.v1.Health"
    /// Newest first; both take the same messages.
    public static let reflection = [
        "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection",
    ]
}

extension WireMethod where Request == ParseBatch, Response == ParsedBatch {
    public static var parse: Self { Self(service: WireService.parser, name: "Parse") }
    public static var parseStream: Self { Self(service: WireService.parser, name: "ParseStream") }
}

extension WireMethod where Request == TemplateQuery, Response == TemplatePage {
    public static var listTemplates: Self { Self(service: WireService.parser, name: "ListTemplates") }
}

extension WireMethod where Request == PinTemplate, Response == TemplateSummary {
    public static var pinTemplate: Self { Self(service: WireService.parser, name: "PinTemplate") }
}

extension WireMethod where Request == RenameTemplate, Response == TemplateSummary {
    public static var renameTemplate: Self { Self(service: WireService.parser, name: "RenameTemplate") }
}

extension WireMethod where Request == DeleteTemplate, Response == TemplateSummary {
    public static var deleteTemplate: Self { Self(service: WireService.parser, name: "DeleteTemplate") }
}

extension WireMethod where Request == ImportTemplates, Response == ImportedTemplates {
    public static var importTemplates: Self { Self(service: WireService.parser, name: "ImportTemplates") }
}

extension WireMethod where Request == SyncRequest, Response == SyncResponse {
    public static var sync: Self { Self(service: WireService.parser, name: "Sync") }
}

extension WireMethod where Request == EmbedBatch, Response == EmbeddedBatch {
    public static var embed: Self { Self(service: WireService.embedding, name: "Embed") }
    public static var embedStream: Self { Self(service: WireService.embedding, name: "EmbedStream") }
}

extension WireMethod where Request == AttributeBatch, Response == AttributedBatch {
    public static var attribute: Self { Self(service: WireService.embedding, name: "Attribute") }
}

extension WireMethod where Request == ClassifyBatch, Response == ClassifiedBatch {
    public static var classify: Self { Self(service: WireService.classifier, name: "Classify") }
    public static var classifyStream: Self { Self(service: WireService.classifier, name: "ClassifyStream") }
}

extension WireMethod where Request == ExplainBatch, Response == ExplainedBatch {
    public static var explain: Self { Self(service: WireService.classifier, name: "Explain") }
}

extension WireMethod where Request == ActivateRequest, Response == TierInfo {
    public static var activate: Self { Self(service: WireService.classifier, name: "Activate") }
}

extension WireMethod where Request == AnalyzeBatch, Response == AnalyzedBatch {
    public static var analyze: Self { Self(service: WireService.analyzer, name: "Analyze") }
    public static var analyzeStream: Self { Self(service: WireService.analyzer, name: "AnalyzeStream") }
}

extension WireMethod where Request == InfoRequest, Response == TierInfo {
    /// - Parameter service: the full name of a tier's service.
    public static func info(of service: String) -> Self { Self(service: service, name: "Info") }
}

extension WireMethod where Request == HealthCheckRequest, Response == HealthCheckResponse {
    public static var check: Self { Self(service: WireService.health, name: "Check") }
    public static var watch: Self { Self(service: WireService.health, name: "Watch") }
}

extension WireMethod where Request == ReflectionRequest, Response == ReflectionResponse {
    /// One for each version of the contract, newest first.
    public static var reflection: [Self] {
        WireService.reflection.map { Self(service: $0, name: "ServerReflectionInfo") }
    }
}
