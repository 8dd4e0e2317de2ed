internal import FoundationEssentials
internal import JSONText
internal import NIOHTTP1
public import Pipeline
internal import Synchronization
public import TocsinCore

/// Has an edge judge records, in memory that does not grow with the input: `POST /v1/logs:analyze`, with rows of JSON
/// both ways.
public struct EdgeAnalyzer: RecordAnalyzing {
    private let client: EdgeClient

    public init(_ client: EdgeClient) { self.client = client }

    /// - Throws: `AnalysisError` where the model is not there, `EdgeClientError` where the edge gives no verdicts.
    public func analyze(
        _ request: AnalysisRequest, reading read: @escaping @Sendable () async throws -> LineBlock?,
        emit: (AnalyzedChunk) async throws -> Void
    ) async throws -> Analysis {
        let model = try await model(named: request.model)
        var outcome = Analysis(lines: [], model: model, summary: AnalysisSummary(), work: AnalysisWork())
        guard let first = try await read() else { return outcome }
        let sent = SentRecords(first)
        var splitter = RowSplitter()
        var end: JSONValue?
        var lineCount = 0
        try await client.post(
            Self.path(request),
            headers: ["Content-Type": "application/x-ndjson", "Accept": "application/x-ndjson"],
            sending: { try await sent.next(read) }
        ) { bytes in
            var results: [ItemResult<LineAnalysis>] = []
            for line in splitter.rows(in: bytes) {
                let row = try client.json(line)
                if let result = AnswerRow.result(row) { results.append(result) } else { end = row }
            }
            guard !results.isEmpty else { return }
            for result in results { outcome.summary.add(result) }
            guard let lines = sent.take(results.count) else {
                throw client.unexpected("it answers more records than it was sent")
            }
            let chunk = AnalyzedChunk(firstLine: lineCount + 1, lines: lines, results: results, model: model)
            lineCount += results.count
            try await emit(chunk)
        }
        if let detail = end?["problem"]?.text("detail") { throw EdgeClientError.brokenOff(detail: detail) }
        guard let end, end["summary"] != nil, sent.isEmpty else {
            throw client.unexpected("its answer ends before the last verdict")
        }
        outcome.work = AnswerRow.work(end)
        outcome.work.lines = lineCount
        return outcome
    }

    private func model(named name: String?) async throws -> ModelInfo {
        let known = try await client.get("/v1/models").elements("models").compactMap { model -> ModelInfo? in
            guard let name = model.text("name"), let algorithm = model.text("algorithm") else { return nil }
            return ModelInfo(
                name: name, algorithm: algorithm, version: model.text("version") ?? "",
                sha256: model.text("sha256") ?? "", isActive: model.isTrue("active"))
        }
        if let model = known.first(where: { name == nil ? $0.isActive : $0.name == name }) { return model }
        if let name { throw AnalysisError.unknownModel(name: name, loaded: known.map(\.name)) }
        throw AnalysisError.noActiveModel(loaded: known.map(\.name))
    }

    private static func path(_ request: AnalysisRequest) -> String {
        let items = [("model", request.model), ("log_type", request.forcedLogType)].compactMap { name, value in
            value.map { URLQueryItem(name: name, value: $0) }
        }
        guard !items.isEmpty else { return "/v1/logs:analyze" }
        var components = URLComponents()
        components.queryItems = items
        // A plus stands for itself here and for a space in what servers read.
        return "/v1/logs:analyze?" + (components.percentEncodedQuery ?? "").replacing("+", with: "%2B")
    }
}

/// The records that were sent and have no verdict yet.
private final class SentRecords: Sendable {
    private struct State {
        var first: LineBlock?
        var blocks: [LineBlock] = []
        /// How many records of the first block have their verdicts.
        var answered = 0
    }

    private let state: Mutex<State>

    init(_ first: LineBlock) { state = Mutex(State(first: first)) }

    var isEmpty: Bool { state.withLock { $0.blocks.isEmpty } }

    /// The next records as the edge is sent them: a JSON string a line; an empty line, which it passes over, where there are
    /// none yet.
    func next(_ read: @Sendable () async throws -> LineBlock?) async throws -> [UInt8]? {
        let first = state.withLock { state in
            defer { state.first = nil }
            return state.first
        }
        var block = first
        if block == nil { block = try await read() }
        guard let block else { return nil }
        guard !block.isEmpty else { return [UInt8(ascii: "\n")] }
        state.withLock { $0.blocks.append(block) }
        var json = JSONWriter()
        for record in block {
            json.text(record)
            json.newline()
        }
        return json.bytes
    }

    /// The next `count` records in the order in which they were sent; nil where there are not as many.
    func take(_ count: Int) -> LineBlock? {
        state.withLock { state in
            var taken = LineBlock()
            while taken.count < count {
                guard let block = state.blocks.first else { return nil }
                let end = min(block.count, state.answered + count - taken.count)
                for index in state.answered..<end { taken.append(block[index]) }
                state.answered = end
                if end == block.count {
                    state.blocks.removeFirst()
                    state.answered = 0
                }
            }
            return taken
        }
    }
}

/// Cuts an answer that comes in pieces at its line ends.
private struct RowSplitter {
    private var partial: [UInt8] = []

    mutating func rows(in bytes: [UInt8]) -> [[UInt8]] {
        var rows: [[UInt8]] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            rows.append(partial + rest[..<end])
            partial = []
            rest = rest[(end + 1)...]
        }
        partial += rest
        return rows
    }
}
