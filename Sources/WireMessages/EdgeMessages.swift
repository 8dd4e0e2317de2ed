internal import CTocsinProto
internal import TocsinCore

extension Tocsin__Edge__V1__AnalyzeRequest: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__edge__v1__analyze_request__init }
}

extension Tocsin__Edge__V1__AnalyzeResponse: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__edge__v1__analyze_response__init }
}

extension Tocsin__Edge__V1__AnalyzedLine: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__edge__v1__analyzed_line__init }
}

extension Tocsin__Edge__V1__Count: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__edge__v1__count__init }
}

extension AnalyzeBatch: WireMessage, CRepresented {
    init(_ message: Tocsin__Edge__V1__AnalyzeRequest) throws(WireError.Reason) {
        self.init(
            lines: try LineBlock("lines", message.lines), model: try optionalText("model", message.model),
            forcedLogType: try optionalText("forced_log_type", message.forced_log_type))
    }

    func withC<Output>(
        in arena: borrowing Arena, _ body: (UnsafeMutablePointer<Tocsin__Edge__V1__AnalyzeRequest>) -> Output
    ) throws(WireError.Reason) -> Output {
        let message = arena.allocate(Tocsin__Edge__V1__AnalyzeRequest.self, count: 1)
        tocsin__edge__v1__analyze_request__init(message)
        message.pointee.model = try arena.string("model", model)
        message.pointee.forced_log_type = try arena.string("forced_log_type", forcedLogType)
        return try lines.withC(in: arena) { (lines) throws(WireError.Reason) in
            message.pointee.lines = lines
            return body(message)
        }
    }
}

extension AnalyzedBatch: WireMessage, ArenaRepresented {
    init(_ message: Tocsin__Edge__V1__AnalyzeResponse) throws(WireError.Reason) {
        let failures = try failures(message.failures, message.n_failures, of: message.n_lines)
        var lines: [ItemResult<AnalyzedLine>] = []
        lines.reserveCapacity(message.n_lines)
        for (index, element) in elements(message.lines, message.n_lines).enumerated() {
            if let failure = failures[index] {
                lines.append(.failure(failure))
            } else if let element {
                lines.append(
                    .success(
                        try inside("lines[\(index)]") { () throws(WireError.Reason) in
                            try AnalyzedLine(element.pointee)
                        }))
            }
        }
        let summary = try required("summary", message.summary)
        self.init(
            lines: lines, model: try ModelInfo(required("model", message.model)),
            classes: try Self.counts("summary.classes", summary.classes, summary.n_classes),
            logTypes: try Self.counts("summary.log_types", summary.log_types, summary.n_log_types),
            anomalyRate: summary.anomaly_rate)
    }

    func fill(_ message: inout Tocsin__Edge__V1__AnalyzeResponse, in arena: borrowing Arena) throws(WireError.Reason) {
        var failures: [Int: ItemFailure] = [:]
        for (index, line) in lines.enumerated() {
            if case .failure(let failure) = line { failures[index] = failure }
        }
        message.n_lines = lines.count
        message.lines = try arena.messages("lines", lines) {
            (line, message: inout Tocsin__Edge__V1__AnalyzedLine) throws(WireError.Reason) in
            if case .success(let line) = line { try line.fill(&message, in: arena) }
        }
        message.n_failures = failures.count
        message.failures = try arena.failures(failures, of: lines.count)
        message.model = arena.allocate(Tocsin__Common__V1__ModelInfo.self, count: 1)
        tocsin__common__v1__model_info__init(message.model)
        try inside("model") { () throws(WireError.Reason) in try model.fill(&message.model.pointee, in: arena) }
        message.summary = arena.allocate(Tocsin__Edge__V1__Summary.self, count: 1)
        tocsin__edge__v1__summary__init(message.summary)
        message.summary.pointee.n_classes = classes.count
        message.summary.pointee.classes = try Self.fill("summary.classes", classes, in: arena)
        message.summary.pointee.n_log_types = logTypes.count
        message.summary.pointee.log_types = try Self.fill("summary.log_types", logTypes, in: arena)
        message.summary.pointee.anomaly_rate = anomalyRate
    }

    private static func counts(
        _ name: StaticString, _ start: UnsafeMutablePointer<UnsafeMutablePointer<Tocsin__Edge__V1__Count>?>?,
        _ number: Int
    ) throws(WireError.Reason) -> [Count] {
        try map(name, start, number) { (element) throws(WireError.Reason) in
            Count(name: try text("name", element.name), count: try count("count", element.count))
        }
    }

    private static func fill(
        _ name: StaticString, _ counts: [Count], in arena: borrowing Arena
    ) throws(WireError.Reason) -> UnsafeMutablePointer<UnsafeMutablePointer<Tocsin__Edge__V1__Count>?> {
        try arena.messages(name, counts) {
            (element, message: inout Tocsin__Edge__V1__Count) throws(WireError.Reason) in
            message.name = try arena.string("name", element.name)
            message.count = try unsigned("count", element.count)
        }
    }
}

extension AnalyzedLine {
    init(_ message: Tocsin__Edge__V1__AnalyzedLine) throws(WireError.Reason) {
        let values = Array(UnsafeBufferPointer(start: message.probabilities, count: message.n_probabilities))
        guard values.count == AnomalyClass.count, values.allSatisfy({ 0...1 ~= $0 }) else {
            throw .invalid(
                field: "probabilities", found: "\(values)", expected: "\(AnomalyClass.count) numbers in 0...1")
        }
        self.init(
            logType: try text("log_type", message.log_type),
            timestamp: try optionalText("timestamp", message.timestamp),
            level: try optionalText("level", message.level), content: try text("content", message.content),
            template: try text("template", message.template_),
            templateID: try WireMessages.templateID("template_id", message.template_id),
            prediction: Prediction(probabilities: values, isAbstained: message.abstained != 0))
    }

    func fill(_ message: inout Tocsin__Edge__V1__AnalyzedLine, in arena: borrowing Arena) throws(WireError.Reason) {
        message.log_type = try arena.string("log_type", logType)
        message.timestamp = try arena.string("timestamp", timestamp)
        message.level = arena.bytes(level)
        message.content = arena.bytes(content)
        message.template_ = arena.bytes(template)
        message.template_id = try arena.templateID("template_id", templateID)
        message.class_index = try unsigned("class_index", prediction.anomalyClass.rawValue)
        message.class_name = try arena.string("class_name", prediction.anomalyClass.name)
        message.confidence = prediction.confidence
        let probabilities = arena.allocate(Float.self, count: AnomalyClass.count)
        for (index, probability) in prediction.probabilities.enumerated() { probabilities[index] = probability }
        message.n_probabilities = AnomalyClass.count
        message.probabilities = probabilities
        message.abstained = prediction.isAbstained ? 1 : 0
    }
}
