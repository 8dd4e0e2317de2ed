internal import Hummingbird
internal import JSONText
internal import Pipeline
internal import TocsinCore

/// What models there are, in the documented shapes: `GET /model-info`, `GET /available-models` and
/// `POST /api/models/switch`.
struct ModelsHandler: Sendable {
    let tiers: Tiers
    let analyzer: LogAnalyzer
    let bodies: BodyReader

    func modelInfo() async throws -> Response {
        let models = try await tiers.classifying.info().models
        func model(_ name: String) -> ModelInfo? { models.first { $0.name == name } }
        var json = JSONWriter()
        json.object { json in
            json.object("ml_model") { json in
                let ml = model("ml")
                json.member("loaded", ml != nil)
                json.member("model_name", ml?.algorithm)
                json.member("feature_type", "bert_statistical_template")
                json.member("num_classes", AnomalyClass.count)
                json.member("training_samples", ml?.details?.trainingSamples ?? 0)
            }
            json.object("bert_models") { json in
                for variant in DocumentedModel.bertVariants {
                    let bert = model(variant)
                    json.object(variant) { json in
                        json.member("loaded", bert != nil)
                        json.member("num_classes", AnomalyClass.count)
                        if variant == "hybrid" { json.member("template_dim", 4) }
                        json.key("best_f1_score")
                        if let score = bert?.details?.macroF1 { json.number(score) } else { json.null() }
                    }
                }
            }
        }
        return Response(json: json)
    }

    func availableModels() async throws -> Response {
        let models = try await tiers.classifying.info().models
        let files = models.flatMap { model in (model.details?.files ?? []).map { (model, $0) } }
        var json = JSONWriter()
        json.object { json in
            json.member("status", "success")
            json.member("total_files_found", files.count)
            json.member("total_models_loaded", models.count)
            json.array("available_files") { json in
                for (model, file) in files { write(file, of: model, to: &json) }
            }
            json.array("currently_loaded") { json in for model in models { json.string(model.name) } }
            json.key("default_model")
            if let active = models.first(where: \.isActive) {
                DocumentedModel(name: active.name).write(to: &json)
            } else {
                json.null()
            }
        }
        return Response(json: json)
    }

    private func write(_ file: ModelDetails.File, of model: ModelInfo, to json: inout JSONWriter) {
        let documented = DocumentedModel(name: model.name)
        json.object { json in
            json.member("filename", String(file.path.split(separator: "/").last ?? ""))
            json.member("type", documented.type)
            json.member("variant", documented.variant)
            json.member("size_mb", (Double(file.byteCount) / 1_048_576 * 100).rounded() / 100)
            json.member("path", file.path)
            json.member("loaded", true)
        }
    }

    /// Makes another model the default of everybody.
    func switchModel(_ request: Request) async throws -> Response {
        let body = try DocumentedBody(try await bodies.read(request))
        guard try body.text("model_type") != nil, let name = try body.model() else {
            throw Problem(
                .missingMember, "\"model_type\" is missing, expected \"ml\" or \"bert\"", pointer: "/model_type")
        }
        let loaded = try await tiers.classifying.info().models.map(\.name)
        guard loaded.contains(name) else {
            throw Problem(AnalysisError.unknownModel(name: name, loaded: loaded), at: body.pointers)
        }
        do { try await tiers.classifying.activate(name) } catch {
            await analyzer.forgetTiers()  // a replica that failed at the last moment may not be the first
            throw error
        }
        await analyzer.forgetTiers()
        var json = JSONWriter()
        json.object { json in
            json.member("status", "success")
            json.member("message", "the default model is now \(name)")
            json.key("default_model")
            DocumentedModel(name: name).write(to: &json)
        }
        return Response(json: json)
    }
}
