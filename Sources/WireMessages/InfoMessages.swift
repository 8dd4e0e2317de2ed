internal import CTocsinProto
public import TocsinCore

extension Tocsin__Common__V1__InfoRequest: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__common__v1__info_request__init }
}

extension Tocsin__Common__V1__InfoResponse: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__common__v1__info_response__init }
}

extension Tocsin__Common__V1__Limits: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__common__v1__limits__init }
}

extension Tocsin__Common__V1__ModelInfo: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__common__v1__model_info__init }
}

extension Tocsin__Common__V1__ModelDetails: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__common__v1__model_details__init }
}

extension Tocsin__Common__V1__ModelFile: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__common__v1__model_file__init }
}

/// Asks a tier for its `TierInfo`.
public struct InfoRequest: Sendable, Hashable {
    public init() {}
}

extension InfoRequest: WireMessage, ArenaRepresented {
    init(_ message: Tocsin__Common__V1__InfoRequest) {}

    func fill(_ message: inout Tocsin__Common__V1__InfoRequest, in arena: borrowing Arena) {}
}

extension TierInfo: WireMessage, ArenaRepresented {
    init(_ message: Tocsin__Common__V1__InfoResponse) throws(WireError.Reason) {
        let limits = try required("limits", message.limits)
        self.init(
            tier: try text("tier", message.tier), version: try text("version", message.version),
            maxBatchItems: try count("limits.max_batch_items", limits.max_batch_items),
            maxItemBytes: try count("limits.max_item_bytes", limits.max_item_bytes),
            maxMessageBytes: try count("limits.max_message_bytes", limits.max_message_bytes),
            openBLASCore: try optionalText("openblas_core", message.openblas_core),
            models: try map("models", message.models, message.n_models) { (model) throws(WireError.Reason) in
                try ModelInfo(model)
            },
            logTypes: try texts("log_types", message.log_types, message.n_log_types),
            queue: try message.queue.map { (queue) throws(WireError.Reason) in
                TierQueue(
                    waitingItems: try count("queue.waiting_items", queue.pointee.waiting_items),
                    calls: try count("queue.calls", queue.pointee.calls))
            })
    }

    func fill(
        _ message: inout Tocsin__Common__V1__InfoResponse, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        let limits = arena.allocate(Tocsin__Common__V1__Limits.self, count: 1)
        tocsin__common__v1__limits__init(limits)
        limits.pointee.max_batch_items = try unsigned("limits.max_batch_items", maxBatchItems)
        limits.pointee.max_item_bytes = try unsigned("limits.max_item_bytes", maxItemBytes)
        limits.pointee.max_message_bytes = try unsigned("limits.max_message_bytes", maxMessageBytes)
        message.limits = limits
        message.tier = try arena.string("tier", tier)
        message.version = try arena.string("version", version)
        message.openblas_core = try arena.string("openblas_core", openBLASCore)
        message.n_models = models.count
        message.models = try arena.messages("models", models) {
            (model, message: inout Tocsin__Common__V1__ModelInfo) throws(WireError.Reason) in
            try model.fill(&message, in: arena)
        }
        message.n_log_types = logTypes.count
        message.log_types = try arena.strings(logTypes) { (logType) throws(WireError.Reason) in
            try arena.string("log_types", logType)
        }
        if let queue {
            message.queue = arena.allocate(Tocsin__Common__V1__Queue.self, count: 1)
            tocsin__common__v1__queue__init(message.queue)
            message.queue.pointee.waiting_items = try unsigned("queue.waiting_items", queue.waitingItems)
            message.queue.pointee.calls = try unsigned("queue.calls", queue.calls)
        }
    }
}

extension ModelInfo {
    init(_ message: Tocsin__Common__V1__ModelInfo) throws(WireError.Reason) {
        self.init(
            name: try text("name", message.name), algorithm: try text("algorithm", message.algorithm),
            version: try text("version", message.version), sha256: try text("sha256", message.sha256),
            isActive: message.active != 0,
            details: try message.details.map { (details) throws(WireError.Reason) in
                try ModelDetails(details.pointee)
            },
            encoderVariants: try texts("encoder_variants", message.encoder_variants, message.n_encoder_variants)
                .map { (name) throws(WireError.Reason) in
                    guard let variant = EncoderVariant(rawValue: name) else {
                        throw .invalid(
                            field: "encoder_variants", found: "'\(name.excerpt)'",
                            expected: "one of \(EncoderVariant.allCases.map(\.rawValue).joined(separator: ", "))")
                    }
                    return variant
                })
    }

    func fill(_ message: inout Tocsin__Common__V1__ModelInfo, in arena: borrowing Arena) throws(WireError.Reason) {
        message.name = try arena.string("name", name)
        message.algorithm = try arena.string("algorithm", algorithm)
        message.version = try arena.string("version", version)
        message.sha256 = try arena.string("sha256", sha256)
        message.active = isActive ? 1 : 0
        message.n_encoder_variants = encoderVariants.count
        message.encoder_variants = try arena.strings(encoderVariants.map(\.rawValue)) {
            (variant) throws(WireError.Reason) in
            try arena.string("encoder_variants", variant)
        }
        if let details {
            message.details = arena.allocate(Tocsin__Common__V1__ModelDetails.self, count: 1)
            tocsin__common__v1__model_details__init(message.details)
            try details.fill(&message.details.pointee, in: arena)
        }
    }
}

extension ModelDetails {
    init(_ message: Tocsin__Common__V1__ModelDetails) throws(WireError.Reason) {
        self.init(
            trainingSamples: try count("details.training_samples", message.training_samples),
            macroF1: message.macro_f1 > 0 ? message.macro_f1 : nil,
            files: try map("details.files", message.files, message.n_files) { (file) throws(WireError.Reason) in
                File(path: try text("path", file.path), byteCount: try count("byte_count", file.byte_count))
            },
            evaluation: Dictionary(
                try map("details.evaluation", message.evaluation, message.n_evaluation) {
                    (quality) throws(WireError.Reason) in
                    (try text("protocol", quality.`protocol`), try ModelQuality(quality))
                }, uniquingKeysWith: { $1 }))
    }

    func fill(
        _ message: inout Tocsin__Common__V1__ModelDetails, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.training_samples = try unsigned("details.training_samples", trainingSamples)
        message.macro_f1 = macroF1 ?? 0
        message.n_files = files.count
        message.files = try arena.messages("details.files", files) {
            (file, message: inout Tocsin__Common__V1__ModelFile) throws(WireError.Reason) in
            message.path = try arena.string("path", file.path)
            message.byte_count = try unsigned("byte_count", file.byteCount)
        }
        message.n_evaluation = evaluation.count
        message.evaluation = try arena.messages("details.evaluation", evaluation.sorted { $0.key < $1.key }) {
            (entry, message: inout Tocsin__Common__V1__ModelQuality) throws(WireError.Reason) in
            message.protocol = try arena.string("protocol", entry.key)
            try entry.value.fill(&message, in: arena)
        }
    }
}
