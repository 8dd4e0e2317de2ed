internal import CTocsinProto
public import TocsinCore

extension Tocsin__Classifier__V1__ExplainRequest: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__classifier__v1__explain_request__init }
}

extension Tocsin__Classifier__V1__ExplainResponse: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__classifier__v1__explain_response__init }
}

extension Tocsin__Classifier__V1__RowExplanation: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__classifier__v1__row_explanation__init }
}

extension Tocsin__Classifier__V1__KnownTemplate: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__classifier__v1__known_template__init }
}

extension ExplainBatch: WireMessage, CRepresented {
    init(_ message: Tocsin__Classifier__V1__ExplainRequest) throws(WireError.Reason) {
        let rows = try required("rows", message.rows)
        let indices = UnsafeBufferPointer(start: message.class_indices, count: message.n_class_indices)
        var classes: [AnomalyClass] = []
        for (row, index) in indices.enumerated() {
            classes.append(try AnomalyClass("class_indices[\(row)]", index))
        }
        self.init(
            rows: try inside("rows") { () throws(WireError.Reason) in try ClassifyBatch(rows) },
            classes: classes.isEmpty ? nil : classes)
        try checkClasses()
    }

    func withC<Output>(
        in arena: borrowing Arena, _ body: (UnsafeMutablePointer<Tocsin__Classifier__V1__ExplainRequest>) -> Output
    ) throws(WireError.Reason) -> Output {
        try checkClasses()
        let message = arena.allocate(Tocsin__Classifier__V1__ExplainRequest.self, count: 1)
        tocsin__classifier__v1__explain_request__init(message)
        let classes = classes ?? []
        message.pointee.n_class_indices = classes.count
        message.pointee.class_indices = arena.allocate(UInt32.self, count: classes.count)
        for (row, anomalyClass) in classes.enumerated() {
            message.pointee.class_indices[row] = UInt32(anomalyClass.rawValue)
        }
        return try rows.withC(in: arena) { rows in
            message.pointee.rows = rows
            return body(message)
        }
    }

    private func checkClasses() throws(WireError.Reason) {
        if let classes { try expect(rows: count, "class_indices", classes.count) }
    }
}

extension ExplainedBatch: WireMessage, ArenaRepresented {
    init(_ message: Tocsin__Classifier__V1__ExplainResponse) throws(WireError.Reason) {
        let failures = try failures(message.failures, message.n_failures, of: message.n_rows)
        var explanations: [ItemResult<RowExplanation>] = []
        for (row, element) in elements(message.rows, message.n_rows).enumerated() {
            if let failure = failures[row] {
                explanations.append(.failure(failure))
                continue
            }
            let element = try required("rows", element)
            explanations.append(
                .success(
                    try inside("rows[\(row)]") { () throws(WireError.Reason) in try RowExplanation(element) }))
        }
        let model = try required("model", message.model)
        self.init(
            explanations: explanations,
            model: try inside("model") { () throws(WireError.Reason) in try ModelInfo(model) })
    }

    func fill(
        _ message: inout Tocsin__Classifier__V1__ExplainResponse, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        var failures: [Int: ItemFailure] = [:]
        for (row, explanation) in explanations.enumerated() {
            if case .failure(let failure) = explanation { failures[row] = failure }
        }
        message.n_rows = explanations.count
        message.rows = try arena.messages("rows", explanations) {
            (explanation, message: inout Tocsin__Classifier__V1__RowExplanation) throws(WireError.Reason) in
            if case .success(let explanation) = explanation { try explanation.fill(&message, in: arena) }
        }
        message.n_failures = failures.count
        message.failures = try arena.failures(failures, of: explanations.count)
        message.model = arena.allocate(Tocsin__Common__V1__ModelInfo.self, count: 1)
        tocsin__common__v1__model_info__init(message.model)
        try inside("model") { () throws(WireError.Reason) in try model.fill(&message.model.pointee, in: arena) }
    }
}

extension RowExplanation {
    init(_ message: Tocsin__Classifier__V1__RowExplanation) throws(WireError.Reason) {
        let probabilities = Array(UnsafeBufferPointer(start: message.probabilities, count: message.n_probabilities))
        guard probabilities.count == AnomalyClass.count, probabilities.allSatisfy({ 0...1 ~= $0 }) else {
            throw .invalid(
                field: "probabilities", found: "\(probabilities)", expected: "\(AnomalyClass.count) numbers in 0...1")
        }
        self.init(
            prediction: Prediction(probabilities: probabilities, isAbstained: message.abstained != 0),
            anomalyClass: try AnomalyClass("class_index", message.class_index),
            margin: try message.margin.map { (margin) throws(WireError.Reason) in
                try inside("margin") { () throws(WireError.Reason) in try MarginParts(margin.pointee) }
            },
            nearest: try map("nearest", message.nearest, message.n_nearest) { (known) throws(WireError.Reason) in
                try KnownTemplate(known)
            },
            isFarFromKnown: message.far_from_known != 0, sentence: try text("sentence", message.sentence))
    }

    func fill(
        _ message: inout Tocsin__Classifier__V1__RowExplanation, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.n_probabilities = prediction.probabilities.count
        message.probabilities = arena.allocate(Float.self, count: prediction.probabilities.count)
        for (index, value) in prediction.probabilities.enumerated() { message.probabilities[index] = value }
        message.abstained = prediction.isAbstained ? 1 : 0
        message.class_index = UInt32(anomalyClass.rawValue)
        if let margin {
            message.margin = arena.allocate(Tocsin__Classifier__V1__MarginParts.self, count: 1)
            tocsin__classifier__v1__margin_parts__init(message.margin)
            try margin.fill(&message.margin.pointee, in: arena)
        }
        message.n_nearest = nearest.count
        message.nearest = try arena.messages("nearest", nearest) {
            (known, message: inout Tocsin__Classifier__V1__KnownTemplate) throws(WireError.Reason) in
            try known.fill(&message, in: arena)
        }
        message.far_from_known = isFarFromKnown ? 1 : 0
        message.sentence = try arena.prose("sentence", sentence)
    }
}

extension KnownTemplate {
    init(_ message: Tocsin__Classifier__V1__KnownTemplate) throws(WireError.Reason) {
        self.init(
            text: try WireMessages.text("text", message.text),
            anomalyClass: try AnomalyClass("class_index", message.class_index),
            source: try WireMessages.text("source", message.source), similarity: message.similarity)
    }

    func fill(
        _ message: inout Tocsin__Classifier__V1__KnownTemplate, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.text = try arena.prose("text", text)
        message.class_index = UInt32(anomalyClass.rawValue)
        message.source = try arena.string("source", source)
        message.similarity = similarity
    }
}

extension AnomalyClass {
    /// The class of an index on the wire.
    init(_ field: @autoclosure () -> String, _ index: UInt32) throws(WireError.Reason) {
        guard let match = AnomalyClass(rawValue: Int(index)) else {
            throw .invalid(
                field: field(), found: "\(index)", expected: "less than \(AnomalyClass.count), the classes")
        }
        self = match
    }
}
