internal import CTocsinProto
public import TocsinCore

extension Tocsin__Embedding__V1__AttributeRequest: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__embedding__v1__attribute_request__init }
}

extension Tocsin__Embedding__V1__ClassTargets: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__embedding__v1__class_targets__init }
}

extension Tocsin__Embedding__V1__AttributeResponse: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__embedding__v1__attribute_response__init }
}

extension Tocsin__Embedding__V1__TextAttribution: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__embedding__v1__text_attribution__init }
}

extension AttributeBatch: WireMessage, CRepresented {
    init(_ message: Tocsin__Embedding__V1__AttributeRequest) throws(WireError.Reason) {
        self.init(
            texts: try LineBlock("texts", message.texts), variant: try EncoderVariant("variant", message.variant),
            targets: try Targets(message))
        try expect(rows: count, targetsName, targetCount)
    }

    func withC<Output>(
        in arena: borrowing Arena, _ body: (UnsafeMutablePointer<Tocsin__Embedding__V1__AttributeRequest>) -> Output
    ) throws(WireError.Reason) -> Output {
        try expect(rows: count, targetsName, targetCount)
        let message = arena.allocate(Tocsin__Embedding__V1__AttributeRequest.self, count: 1)
        tocsin__embedding__v1__attribute_request__init(message)
        message.pointee.variant = try arena.string("variant", variant.rawValue)
        return try texts.withC(in: arena) { (texts) throws(WireError.Reason) in
            message.pointee.texts = texts
            switch targets {
            case .directions(let directions):
                return try directions.withC(in: arena) { (directions) throws(WireError.Reason) in
                    message.pointee.directions = directions
                    return body(message)
                }
            case .classes(let classes, let lineFeatures):
                let targets = arena.allocate(Tocsin__Embedding__V1__ClassTargets.self, count: 1)
                tocsin__embedding__v1__class_targets__init(targets)
                message.pointee.classes = targets
                targets.pointee.class_indices = arena.allocate(UInt32.self, count: classes.count)
                targets.pointee.n_class_indices = classes.count
                for (row, index) in classes.enumerated() {
                    targets.pointee.class_indices[row] = try unsigned("class_indices", index)
                }
                guard let lineFeatures else { return body(message) }
                return try lineFeatures.withC(in: arena) { (lineFeatures) throws(WireError.Reason) in
                    targets.pointee.line_features = lineFeatures
                    return body(message)
                }
            }
        }
    }

    private var targetsName: StaticString {
        switch targets {
        case .directions: "directions"
        case .classes: "classes.class_indices"
        }
    }

    private var targetCount: Int {
        switch targets {
        case .directions(let directions): directions.count
        case .classes(let classes, _): classes.count
        }
    }
}

extension AttributeBatch.Targets {
    init(_ message: Tocsin__Embedding__V1__AttributeRequest) throws(WireError.Reason) {
        guard let classes = message.classes?.pointee else {
            self = .directions(try VectorBlock("directions", message.directions))
            return
        }
        guard message.directions == nil else {
            throw .invalid(field: "classes", found: "beside directions", expected: "one of the two")
        }
        self = .classes(
            UnsafeBufferPointer(start: classes.class_indices, count: classes.n_class_indices).map { Int($0) },
            lineFeatures: classes.line_features == nil
                ? nil : try VectorBlock("classes.line_features", classes.line_features))
    }
}

extension AttributedBatch: WireMessage, ArenaRepresented {
    init(_ message: Tocsin__Embedding__V1__AttributeResponse) throws(WireError.Reason) {
        let texts = try map("texts", message.texts, message.n_texts) { (text) throws(WireError.Reason) in
            try TextAttribution(text)
        }
        self.init(
            texts: texts, failures: try WireMessages.failures(message.failures, message.n_failures, of: texts.count),
            encoderSHA256: try text("encoder_sha256", message.encoder_sha256),
            headSHA256: try text("head_sha256", message.head_sha256),
            timings: message.timings.map { EmbeddingTimings($0.pointee) } ?? EmbeddingTimings())
    }

    func fill(
        _ message: inout Tocsin__Embedding__V1__AttributeResponse, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.n_texts = texts.count
        message.texts = try arena.messages("texts", texts) {
            (text, message: inout Tocsin__Embedding__V1__TextAttribution) throws(WireError.Reason) in
            try text.fill(&message, in: arena)
        }
        message.n_failures = failures.count
        message.failures = try arena.failures(failures, of: texts.count)
        message.encoder_sha256 = try arena.string("encoder_sha256", encoderSHA256)
        message.head_sha256 = try arena.string("head_sha256", headSHA256)
        message.timings = arena.message(timings)
    }
}

extension TextAttribution {
    init(_ message: Tocsin__Embedding__V1__TextAttribution) throws(WireError.Reason) {
        try expect(rows: message.n_tokens, "values", message.n_values)
        self.init(
            tokens: try WireMessages.texts("tokens", message.tokens, message.n_tokens),
            values: Array(UnsafeBufferPointer(start: message.values, count: message.n_values)),
            score: message.score, baselineScore: message.baseline_score)
    }

    func fill(
        _ message: inout Tocsin__Embedding__V1__TextAttribution, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.n_tokens = tokens.count
        message.tokens = try arena.strings(tokens) { (token) throws(WireError.Reason) in
            try arena.string("tokens", token)
        }
        message.n_values = values.count
        message.values = arena.allocate(Float.self, count: values.count)
        for (index, value) in values.enumerated() { message.values[index] = value }
        message.score = score
        message.baseline_score = baselineScore
    }
}
