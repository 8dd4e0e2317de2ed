internal import FoundationEssentials
public import JSONText
public import Pipeline
public import TocsinCore

/// One line and its verdict as users see them in JSON: the members of `logs[]` in the documented contract.
public struct ReportRow: Sendable {
    /// Which members a row has or fills in.
    public struct Style: Sendable, Hashable {
        /// False leaves `template` null.
        public var includesTemplate = true
        /// False leaves `confidence` and `probabilities` null.
        public var includesProbabilities = true
        /// True adds `line`, `template_id`, `timestamp`, `level` and `abstained`; and where they say something `file`,
        /// `lines` (first and last of a joined record), `part` (of a cut one), `truncated` and `warnings`.
        public var includesDetails = false
        /// True adds `status`: `ok`, or `failed` where the line has no verdict.
        public var includesStatus = false

        public init() {}
    }

    /// The path of its file; nil where there is one input only.
    public var file: String?
    public var place: RecordPlace
    /// The line as it came in.
    public var raw: ArraySlice<UInt8>
    public var result: ItemResult<LineAnalysis>

    public init(
        file: String? = nil, place: RecordPlace, raw: ArraySlice<UInt8>, result: ItemResult<LineAnalysis>
    ) {
        self.file = file
        self.place = place
        self.raw = raw
        self.result = result
    }

    /// - Parameter line: 1-based.
    public init(line: Int, raw: ArraySlice<UInt8>, result: ItemResult<LineAnalysis>) {
        self.init(place: RecordPlace(line: line), raw: raw, result: result)
    }

    /// Writes the row as one object.
    ///
    /// A line that is not UTF-8 is shown with replacements and beside it as `raw_base64`; one without a verdict has
    /// nulls and an `error`.
    ///
    /// - Parameter more: writes further members.
    public func write(
        to json: inout JSONWriter, style: Style, more: (inout JSONWriter) -> Void = { _ in }
    ) {
        json.object { json in
            if style.includesStatus { json.member("status", (try? result.get()) == nil ? "failed" : "ok") }
            json.key("raw")
            json.text(raw)
            if String(validating: raw, as: UTF8.self) == nil {
                json.member("raw_base64", Data(raw).base64EncodedString())
            }
            switch result {
            case .success(let analysis): Self.write(analysis, to: &json, style: style)
            case .failure(let failure): Self.write(failure, to: &json)
            }
            if style.includesDetails { writeDetails(to: &json) }
            more(&json)
        }
    }

    private static func write(_ analysis: LineAnalysis, to json: inout JSONWriter, style: Style) {
        let parsed = analysis.parsed
        let prediction = analysis.prediction
        json.member("log_type", parsed.logType)
        json.member("parsed_content", parsed.content)
        json.member("template", style.includesTemplate ? parsed.template.text : nil)
        json.object("prediction") { json in
            json.member("class_index", prediction.anomalyClass.rawValue)
            json.member("class_name", prediction.anomalyClass.name)
            if style.includesProbabilities {
                json.member("confidence", prediction.confidence)
                json.member("probabilities", prediction.probabilities)
            } else {
                json.member("confidence", String?.none)
                json.member("probabilities", String?.none)
            }
        }
    }

    private static func write(_ failure: ItemFailure, to json: inout JSONWriter) {
        for name in ["log_type", "parsed_content", "template", "prediction"] { json.member(name, String?.none) }
        failure.write(to: &json)
    }

    private func writeDetails(to json: inout JSONWriter) {
        let analysis = try? result.get()  // a failure is written as `error`
        if let file { json.member("file", file) }
        json.member("line", place.lines.lowerBound)
        json.member("template_id", analysis?.parsed.template.id)
        json.member("timestamp", analysis?.parsed.timestamp)
        json.member("level", analysis?.parsed.level)
        json.key("abstained")
        if let analysis { json.bool(analysis.prediction.isAbstained) } else { json.null() }
        place.write(to: &json)
        guard let parsed = analysis?.parsed else { return }
        if parsed.isTruncated { json.member("truncated", true) }
        if !parsed.warnings.isEmpty {
            json.array("warnings") { json in for warning in parsed.warnings { json.string(warning) } }
        }
    }
}

extension ItemFailure {
    /// Writes the member `error`, which tells why a line has no verdict.
    public func write(to json: inout JSONWriter) {
        json.object("error") { json in
            json.member("code", code.name)
            json.member("detail", description)
        }
    }
}

extension ItemFailure.Code {
    /// The code as answers spell it.
    public var name: String {
        switch self {
        case .invalidArgument: "invalid_argument"
        case .limitExceeded: "limit_exceeded"
        case .internalFailure: "internal"
        }
    }
}
