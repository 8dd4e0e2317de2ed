import Hummingbird
import HummingbirdTesting
import JSONText
import Pipeline
import Testing
import TierDoubles
import TocsinCore

@testable import Edge

/// The shapes of the documented answers beside `/api/predict`.
@Suite struct DocumentedPathsTests {
    private static let details = ModelDetails(
        trainingSamples: 17_421, macroF1: 0.6, files: [.init(path: "ml/booster.ubj", byteCount: 2_239_892)])
    private static let models = [
        ModelInfo(
            name: "ml", algorithm: "XGBoost", version: "1", sha256: "m", isActive: true, details: details,
            encoderVariants: [.base]),
        ModelInfo(
            name: "hybrid", algorithm: "Hybrid-BERT", version: "1", sha256: "h", isActive: false,
            details: ModelDetails(trainingSamples: 5, macroF1: 0.75, files: []), encoderVariants: [.hybrid]),
    ]

    @Test("GET /model-info")
    func modelInfo() async throws {
        let bench = EdgeBench(classifier: RecordingClassifier(models: Self.models))
        let response = try await bench.answer(.get, "/model-info")
        #expect(response.status == .ok)
        #expect(
            response.text == #"{"ml_model":{"loaded":true,"model_name":"XGBoost","#
                + #""feature_type":"bert_statistical_template","num_classes":7,"training_samples":17421},"#
                + #""bert_models":{"dann":{"loaded":false,"num_classes":7,"best_f1_score":null},"#
                + #""lora":{"loaded":false,"num_classes":7,"best_f1_score":null},"#
                + #""hybrid":{"loaded":true,"num_classes":7,"template_dim":4,"best_f1_score":0.75}}}"#)
    }

    @Test("GET /available-models")
    func availableModels() async throws {
        let bench = EdgeBench(classifier: RecordingClassifier(models: Self.models))
        let response = try await bench.answer(.get, "/available-models")
        #expect(
            response.text == #"{"status":"success","total_files_found":1,"total_models_loaded":2,"#
                + #""available_files":[{"filename":"booster.ubj","type":"ml","variant":null,"size_mb":2.14,"#
                + #""path":"ml/booster.ubj","loaded":true}],"currently_loaded":["ml","hybrid"],"#
                + #""default_model":{"type":"ml","variant":null}}"#)
    }

    @Test("POST /api/predict-batch: texts of 200 characters, the likeliest classes, whether it is an anomaly")
    func predictBatch() async throws {
        let long = String(repeating: "é", count: 201)
        let response = try await EdgeBench().answer(
            .post, "/api/predict-batch", #"{"logs": ["12345678", "1234567", "\#(long)", "bad"], "return_top_k": 2}"#)
        #expect(response.status == .ok)
        let answer = try JSONValue(parsing: Array(response.text.utf8))
        guard case .array(let results)? = answer["results"] else {
            Issue.record("no results")
            return
        }
        #expect(answer["total_logs"] == .number(4))
        #expect(
            response.text.contains(
                #"{"log_index":0,"log_text":"12345678","prediction":{"class_index":1,"#
                    + #""class_name":"security_anomaly","confidence":0.7},"top_k_predictions":[{"class_index":1,"#
                    + #""class_name":"security_anomaly","probability":0.7},{"class_index":0,"class_name":"normal","#
                    + #""probability":0.05}],"is_anomaly":true}"#))
        #expect(results[1]["is_anomaly"] == .bool(false))
        #expect(results[2]["log_text"] == .string(Array((String(long.prefix(200)) + "...").utf8)))
        #expect(results[3]["prediction"] == .null)
        #expect(results[3]["error"]?["code"] == .string(Array("invalid_argument".utf8)))
    }

    @Test("a top k that is no number of classes is refused", arguments: ["0", "8", "1.5", #""3""#])
    func topK(value: String) async throws {
        let response = try await EdgeBench().answer(
            .post, "/api/predict-batch", #"{"logs": ["a"], "return_top_k": \#(value)}"#)
        #expect(response.status == .badRequest)
        #expect(response.text.contains(#""pointer":"/return_top_k""#))
    }

    @Test("POST /api/analyze, alone and with every loaded model beside it")
    func analyze() async throws {
        let bench = EdgeBench(classifier: RecordingClassifier(models: Self.models))
        let alone = try await bench.answer(.post, "/api/analyze", #"{"logs": ["12345678", "1234567"]}"#)
        #expect(
            alone.text.contains(
                #""analysis":{"class_distribution":{"normal":1,"security_anomaly":1},"anomaly_count":1,"#
                    + #""normal_count":1,"anomaly_rate":0.5,"average_confidence":0.699"#))
        #expect(alone.text.contains(#""min_confidence":0.7,"max_confidence":0.7}}"#))
        #expect(!alone.text.contains("comparison"))
        let compared = try await bench.answer(
            .post, "/api/analyze", #"{"logs": ["12345678"], "compare_models": true}"#)
        #expect(
            compared.text.contains(
                #""models_compared":2,"comparison":[{"model":"ml","anomaly_count":1,"anomaly_rate":1.0,"#
                    + #""class_distribution":{"security_anomaly":1},"average_confidence":0.699"#))
        #expect(compared.text.contains(#"{"model":"hybrid","anomaly_count":1"#))
    }

    @Test("POST /api/extract-templates asks the parser alone")
    func templates() async throws {
        let down = TierError.unavailable(tier: "embedding", reason: "away")
        let bench = EdgeBench(embedder: RecordingEmbedder(onEmbed: { throw down }, onInfo: { throw down }))
        let response = try await bench.answer(.post, "/api/extract-templates", #"{"logs": ["disk full", "bad"]}"#)
        #expect(
            response.text == #"{"status":"success","total_logs":2,"templates":[{"log_index":0,"#
                + #""original":"disk full","template":"disk full","features":{"length":0,"num_count":0,"#
                + #""special_count":0,"token_count":0}},{"log_index":1,"original":"bad","template":null,"#
                + #""features":null,"error":{"code":"invalid_argument","detail":"cannot be read"}}]}"#)
    }

    @Test("POST /api/models/switch makes another model everybody's default")
    func switchModel() async throws {
        let bench = EdgeBench(classifier: RecordingClassifier(models: Self.models))
        let body = #"{"model_type": "bert", "bert_variant": "hybrid"}"#
        let response = try await bench.answer(.post, "/api/models/switch", body)
        #expect(
            response.text == #"{"status":"success","message":"the default model is now hybrid","#
                + #""default_model":{"type":"bert","variant":"hybrid"}}"#)
        let predicted = try await bench.answer(.post, "/api/predict", #"{"logs": ["a"]}"#)
        #expect(predicted.text.contains(#""model_type":"HYBRID""#))
    }

    @Test(
        "a switch to what is unknown is 400, to what is not loaded 404",
        arguments: [
            (#"{"model_type": "svm"}"#, 400, "unknown_model_type"),
            (#"{"model_type": "bert", "bert_variant": "big"}"#, 400, "unknown_bert_variant"),
            (#"{}"#, 400, "missing_member"),
            (#"{"model_type": "bert", "bert_variant": "lora"}"#, 404, "model_not_loaded"),
        ])
    func refusedSwitch(body: String, status: Int, code: String) async throws {
        let bench = EdgeBench(classifier: RecordingClassifier(models: Self.models))
        let response = try await bench.answer(.post, "/api/models/switch", body)
        #expect(response.status.code == status)
        #expect(response.text.contains(#""code":"\#(code)""#))
    }
}
