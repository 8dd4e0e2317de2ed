internal import CTocsinProto
public import TocsinCore

extension Tocsin__Classifier__V1__ClassifyRequest: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__classifier__v1__classify_request__init }
}

extension Tocsin__Classifier__V1__ClassifyResponse: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__classifier__v1__classify_response__init }
}

extension Tocsin__Classifier__V1__ActivateRequest: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__classifier__v1__activate_request__init }
}

/// Asks a classifier to make a loaded model its active one.
public struct ActivateRequest: Sendable, Hashable {
    /// By name, such as `ml`.
    public var model: String

    public init(model: String) {
        self.model = model
    }
}

extension ActivateRequest: WireMessage, ArenaRepresented {
    init(_ message: Tocsin__Classifier__V1__ActivateRequest) throws(WireError.Reason) {
        self.init(model: try text("model", message.model))
    }

    func fill(
        _ message: inout Tocsin__Classifier__V1__ActivateRequest, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.model = try arena.string("model", model)
    }
}

extension ClassifyBatch: WireMessage, CRepresented {
    init(_ message: Tocsin__Classifier__V1__ClassifyRequest) throws(WireError.Reason) {
        self.init(
            vectors: try VectorBlock("vectors", message.vectors),
            features: try VectorBlock("features", message.features),
            modelTexts: try LineBlock("model_texts", message.model_texts),
            modelTemplates: try LineBlock("model_templates", message.model_templates),
            logTypes: try texts("log_types", message.log_types, message.n_log_types),
            model: try optionalText("model", message.model),
            featureSchema: try FeatureSchema(required("feature_schema", message.feature_schema)),
            encoderSHA256s: try texts("encoder_sha256", message.encoder_sha256, message.n_encoder_sha256))
        try checkColumns()
    }

    func withC<Output>(
        in arena: borrowing Arena, _ body: (UnsafeMutablePointer<Tocsin__Classifier__V1__ClassifyRequest>) -> Output
    ) throws(WireError.Reason) -> Output {
        try checkColumns()
        let message = arena.allocate(Tocsin__Classifier__V1__ClassifyRequest.self, count: 1)
        tocsin__classifier__v1__classify_request__init(message)
        message.pointee.n_log_types = logTypes.count
        message.pointee.log_types = try arena.strings(logTypes) { (logType) throws(WireError.Reason) in
            try arena.string("log_types", logType)
        }
        message.pointee.model = try arena.string("model", model)
        message.pointee.feature_schema = try arena.message(featureSchema)
        message.pointee.n_encoder_sha256 = encoderSHA256s.count
        message.pointee.encoder_sha256 = try arena.strings(encoderSHA256s) { (sha256) throws(WireError.Reason) in
            try arena.string("encoder_sha256", sha256)
        }
        return try vectors.withC(in: arena) { (vectors) throws(WireError.Reason) in
            message.pointee.vectors = vectors
            return try features.withC(in: arena) { (features) throws(WireError.Reason) in
                message.pointee.features = features
                return try modelTexts.withC(in: arena) { (modelTexts) throws(WireError.Reason) in
                    message.pointee.model_texts = modelTexts
                    return try modelTemplates.withC(in: arena) { (modelTemplates) throws(WireError.Reason) in
                        message.pointee.model_templates = modelTemplates
                        return body(message)
                    }
                }
            }
        }
    }

    private func checkColumns() throws(WireError.Reason) {
        try expect(rows: encoderSHA256s.isEmpty ? 0 : count, "vectors", vectors.count)
        try expect(rows: count, "model_texts", modelTexts.count)
        try expect(rows: count, "model_templates", modelTemplates.count)
        try expect(rows: count, "log_types", logTypes.count)
    }
}

extension ClassifiedBatch: WireMessage, ArenaRepresented {
    init(_ message: Tocsin__Classifier__V1__ClassifyResponse) throws(WireError.Reason) {
        let probabilities = try VectorBlock("probabilities", message.probabilities)
        guard probabilities.dimension == AnomalyClass.count else {
            throw .invalid(
                field: "probabilities.dimension", found: "\(probabilities.dimension)",
                expected: "\(AnomalyClass.count), the classes")
        }
        try expect(rows: probabilities.count, "abstained", message.n_abstained)
        let failures = try failures(message.failures, message.n_failures, of: probabilities.count)
        var predictions: [ItemResult<Prediction>] = []
        predictions.reserveCapacity(probabilities.count)
        for row in 0..<probabilities.count {
            if let failure = failures[row] {
                predictions.append(.failure(failure))
                continue
            }
            let values = Array(probabilities[row])
            guard values.allSatisfy({ 0...1 ~= $0 }) else {
                throw .invalid(field: "probabilities[\(row)]", found: "\(values)", expected: "numbers in 0...1")
            }
            predictions.append(.success(Prediction(probabilities: values, isAbstained: message.abstained[row] != 0)))
        }
        self.init(predictions: predictions, model: try ModelInfo(required("model", message.model)))
    }

    func fill(
        _ message: inout Tocsin__Classifier__V1__ClassifyResponse, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        var failures: [Int: ItemFailure] = [:]
        let valueCount = predictions.count * AnomalyClass.count
        let values = arena.allocate(Float.self, count: valueCount)
        values.initialize(repeating: 0, count: valueCount)
        let abstained = arena.allocate(protobuf_c_boolean.self, count: predictions.count)
        for (row, prediction) in predictions.enumerated() {
            switch prediction {
            case .success(let prediction):
                for (index, probability) in prediction.probabilities.enumerated() {
                    values[row * AnomalyClass.count + index] = probability
                }
                abstained[row] = prediction.isAbstained ? 1 : 0
            case .failure(let failure):
                failures[row] = failure
                abstained[row] = 0
            }
        }
        let block = arena.allocate(Tocsin__Common__V1__VectorBlock.self, count: 1)
        tocsin__common__v1__vector_block__init(block)
        block.pointee.dimension = UInt32(AnomalyClass.count)
        block.pointee.values = ProtobufCBinaryData(
            borrowing: UnsafeRawBufferPointer(UnsafeBufferPointer(start: values, count: valueCount))
                .assumingMemoryBound(to: UInt8.self))
        message.probabilities = block
        message.n_abstained = predictions.count
        message.abstained = abstained
        message.n_failures = failures.count
        message.failures = try arena.failures(failures, of: predictions.count)
        message.model = arena.allocate(Tocsin__Common__V1__ModelInfo.self, count: 1)
        tocsin__common__v1__model_info__init(message.model)
        try inside("model") { () throws(WireError.Reason) in try model.fill(&message.model.pointee, in: arena) }
    }
}
