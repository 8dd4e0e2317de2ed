internal import CTocsinProto
public import TocsinCore

extension Tocsin__Embedding__V1__EmbedRequest: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__embedding__v1__embed_request__init }
}

extension Tocsin__Embedding__V1__EmbedResponse: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__embedding__v1__embed_response__init }
}

extension Tocsin__Embedding__V1__Timings: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__embedding__v1__timings__init }
}

extension EncoderVariant {
    /// An empty name is that of the base.
    init(_ field: StaticString, _ name: UnsafeMutablePointer<CChar>?) throws(WireError.Reason) {
        let name = try optionalText(field, name) ?? EncoderVariant.base.rawValue
        guard let variant = EncoderVariant(rawValue: name) else {
            let names = EncoderVariant.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid(field: "\(field)", found: "'\(name.excerpt)'", expected: "one of \(names)")
        }
        self = variant
    }
}

extension EncoderPrecision {
    /// Nil where the name is empty.
    fileprivate static func named(
        _ field: StaticString, _ name: UnsafeMutablePointer<CChar>?
    ) throws(WireError.Reason) -> EncoderPrecision? {
        guard let name = try optionalText(field, name) else { return nil }
        guard let precision = EncoderPrecision(rawValue: name) else {
            let names = EncoderPrecision.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid(field: "\(field)", found: "'\(name.excerpt)'", expected: "one of \(names)")
        }
        return precision
    }
}

extension EmbedBatch: WireMessage, CRepresented {
    init(_ message: Tocsin__Embedding__V1__EmbedRequest) throws(WireError.Reason) {
        let variant = try EncoderVariant("variant", message.variant)
        let precision = try EncoderPrecision.named("precision", message.precision)
        guard let tokens = message.tokens else {
            self.init(texts: try LineBlock("texts", message.texts), variant: variant, precision: precision)
            return
        }
        guard message.texts == nil else {
            throw .invalid(field: "tokens", found: "beside texts", expected: "one of the two")
        }
        self.init(tokens: try TokenBlock("tokens", tokens.pointee), variant: variant, precision: precision)
    }

    func withC<Output>(
        in arena: borrowing Arena, _ body: (UnsafeMutablePointer<Tocsin__Embedding__V1__EmbedRequest>) -> Output
    ) throws(WireError.Reason) -> Output {
        let message = arena.allocate(Tocsin__Embedding__V1__EmbedRequest.self, count: 1)
        tocsin__embedding__v1__embed_request__init(message)
        message.pointee.variant = try arena.string("variant", variant.rawValue)
        message.pointee.precision = try arena.string("precision", precision?.rawValue ?? "")
        switch input {
        case .texts(let texts):
            return try texts.withC(in: arena) { (texts) throws(WireError.Reason) in
                message.pointee.texts = texts
                return body(message)
            }
        case .tokens(let tokens):
            return try tokens.withC(in: arena) { (tokens) throws(WireError.Reason) in
                message.pointee.tokens = tokens
                return body(message)
            }
        }
    }
}

extension EmbeddedBatch: WireMessage, CRepresented {
    init(_ message: Tocsin__Embedding__V1__EmbedResponse) throws(WireError.Reason) {
        let vectors = try VectorBlock("vectors", message.vectors)
        try expect(rows: vectors.count, "token_counts", message.n_token_counts)
        self.init(
            vectors: vectors,
            tokenCounts: UnsafeBufferPointer(start: message.token_counts, count: message.n_token_counts).map {
                Int($0)
            },
            failures: try WireMessages.failures(message.failures, message.n_failures, of: vectors.count),
            encoderSHA256: try text("encoder_sha256", message.encoder_sha256),
            precision: try .named("precision", message.precision) ?? .fp32,
            timings: message.timings.map { EmbeddingTimings($0.pointee) } ?? EmbeddingTimings())
    }

    func withC<Output>(
        in arena: borrowing Arena, _ body: (UnsafeMutablePointer<Tocsin__Embedding__V1__EmbedResponse>) -> Output
    ) throws(WireError.Reason) -> Output {
        try expect(rows: vectors.count, "token_counts", tokenCounts.count)
        let message = arena.allocate(Tocsin__Embedding__V1__EmbedResponse.self, count: 1)
        tocsin__embedding__v1__embed_response__init(message)
        message.pointee.token_counts = arena.allocate(UInt32.self, count: tokenCounts.count)
        message.pointee.n_token_counts = tokenCounts.count
        for (index, count) in tokenCounts.enumerated() {
            message.pointee.token_counts[index] = try unsigned("token_counts", count)
        }
        message.pointee.failures = try arena.failures(failures, of: vectors.count)
        message.pointee.n_failures = failures.count
        message.pointee.encoder_sha256 = try arena.string("encoder_sha256", encoderSHA256)
        message.pointee.precision = try arena.string("precision", precision.rawValue)
        message.pointee.timings = arena.message(timings)
        return try vectors.withC(in: arena) { (vectors) throws(WireError.Reason) in
            message.pointee.vectors = vectors
            return body(message)
        }
    }
}

extension EmbeddingTimings {
    init(_ message: Tocsin__Embedding__V1__Timings) {
        self.init(
            queue: .nanoseconds(clamping: message.queue_ns), tokenize: .nanoseconds(clamping: message.tokenize_ns),
            forward: .nanoseconds(clamping: message.forward_ns))
    }
}

extension Arena {
    func message(_ timings: EmbeddingTimings) -> UnsafeMutablePointer<Tocsin__Embedding__V1__Timings> {
        let message = allocate(Tocsin__Embedding__V1__Timings.self, count: 1)
        tocsin__embedding__v1__timings__init(message)
        message.pointee.queue_ns = timings.queue.wholeNanoseconds
        message.pointee.tokenize_ns = timings.tokenize.wholeNanoseconds
        message.pointee.forward_ns = timings.forward.wholeNanoseconds
        return message
    }
}

extension Duration {
    fileprivate static func nanoseconds(clamping count: UInt64) -> Duration { .nanoseconds(Int64(clamping: count)) }

    /// Rounded down, in 0...UInt64.max.
    fileprivate var wholeNanoseconds: UInt64 { UInt64(clamping: attoseconds / 1_000_000_000) }
}
