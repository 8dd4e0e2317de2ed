internal import CTocsinProto
public import TocsinCore

extension Tocsin__Parser__V1__ParseRequest: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__parser__v1__parse_request__init }
}

extension Tocsin__Parser__V1__ParseResponse: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__parser__v1__parse_response__init }
}

extension ParseBatch: WireMessage, CRepresented {
    init(_ message: Tocsin__Parser__V1__ParseRequest) throws(WireError.Reason) {
        self.init(
            lines: try LineBlock("lines", message.lines),
            forcedLogType: try optionalText("forced_log_type", message.forced_log_type))
    }

    func withC<Output>(
        in arena: borrowing Arena, _ body: (UnsafeMutablePointer<Tocsin__Parser__V1__ParseRequest>) -> Output
    ) throws(WireError.Reason) -> Output {
        let message = arena.allocate(Tocsin__Parser__V1__ParseRequest.self, count: 1)
        tocsin__parser__v1__parse_request__init(message)
        message.pointee.forced_log_type = try arena.string("forced_log_type", forcedLogType)
        return try lines.withC(in: arena) { (lines) throws(WireError.Reason) in
            message.pointee.lines = lines
            return body(message)
        }
    }
}

extension ParsedBatch: WireMessage, ArenaRepresented {
    init(_ message: Tocsin__Parser__V1__ParseResponse) throws(WireError.Reason) {
        let count = message.n_lines
        let failures = try failures(message.failures, message.n_failures, of: count)
        let columns = try ParsedColumns(message, rows: count, isEmpty: failures.count == count)
        var lines: [ItemResult<ParsedLine>] = []
        lines.reserveCapacity(count)
        for (index, element) in elements(message.lines, count).enumerated() {
            if let failure = failures[index] {
                lines.append(.failure(failure))
            } else if let element {
                lines.append(
                    .success(
                        try inside("lines[\(index)]") { () throws(WireError.Reason) in
                            try ParsedLine(element.pointee, columns: columns, row: index)
                        }))
            }
        }
        self.init(lines: lines, featureSchema: try FeatureSchema(required("feature_schema", message.feature_schema)))
    }

    func fill(
        _ message: inout Tocsin__Parser__V1__ParseResponse, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        let lines = Array(lines)
        var failures: [Int: ItemFailure] = [:]
        for (index, line) in lines.enumerated() {
            if case .failure(let failure) = line { failures[index] = failure }
        }
        message.n_lines = lines.count
        message.lines = try arena.messages("lines", lines) {
            (line, message: inout Tocsin__Parser__V1__ParsedLine) throws(WireError.Reason) in
            if case .success(let line) = line { try line.fill(&message, in: arena) }
        }
        message.n_failures = failures.count
        message.failures = try arena.failures(failures, of: lines.count)
        try ParsedColumns.fill(&message, from: lines, in: arena)
        message.feature_schema = try arena.message(featureSchema)
    }
}
