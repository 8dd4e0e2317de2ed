/// Parsed lines as the parser writes them: all texts end to end, and where in them each line's parts stand.
///
/// Writing one takes no allocation for a line; a line's strings are made when it is asked for.
public struct ParsedBlock: Sendable {
    /// Bytes of a line's text, counted from where the line's text begins; absent where `start` is negative.
    public struct Part: Sendable, BitwiseCopyable, Hashable {
        public var start: Int32
        public var end: Int32

        public init(start: Int, end: Int) {
            self.start = Int32(start)
            self.end = Int32(end)
        }

        public static let absent = Part(start: -1, end: -1)
    }

    /// One line. What is not stated here lies in the block's arrays, behind that of the line before.
    public struct Line: Sendable, BitwiseCopyable {
        /// Index of the line's and the next best log type; -1 for none.
        public var logType = -1
        public var runnerUp = -1
        public var confidence: Float = 0
        public var severityNumber = 0
        public var timestamp = Part.absent
        public var host = Part.absent
        public var component = Part.absent
        public var processID = Part.absent
        public var level = Part.absent
        public var content = Part.absent
        public var modelText = Part.absent
        /// Index in `templates`.
        public var template = 0
        public var isTruncated = false
        fileprivate var textStart = 0
        fileprivate var firstField = 0
        fileprivate var firstParameter = 0

        public init() {}
    }

    /// What lines of one masked form share.
    public final class Template: Sendable {
        /// Without parameters.
        public let mined: MinedTemplate
        /// The kinds of the parameters, one for each part of a line's.
        public let kinds: [String]
        public let modelTemplate: String

        public init(mined: MinedTemplate, kinds: [String], modelTemplate: String) {
            self.mined = mined
            self.kinds = kinds
            self.modelTemplate = modelTemplate
        }
    }

    /// A log type and the columns of its lines.
    public struct LogType: Sendable {
        public var name: String
        public var columns: [String]

        public init(name: String, columns: [String]) {
            self.name = name
            self.columns = columns
        }
    }

    public let logTypes: [LogType]
    /// The name of lines that are of none of them.
    public let unknownLogType: String
    public let featureCount: Int
    public private(set) var templates: [Template] = []
    private var lines: [Line] = []
    private var text: [UInt8] = []
    /// Of each line one part for each column of its log type.
    private var fields: [Part] = []
    private var parameters: [Part] = []
    /// `[lines, featureCount]`.
    public var features: [Float] = []
    /// By line; most have none.
    private var warnings: [Int: [String]] = [:]
    // Where the parts of the line that is being written begin.
    private var lineStart = 0
    private var fieldsEnd = 0
    private var parametersEnd = 0

    /// An empty block that has room for as many lines, whose texts have `byteCount` bytes.
    public init(
        logTypes: [LogType], unknownLogType: String, featureCount: Int, lineCount: Int, byteCount: Int
    ) {
        self.logTypes = logTypes
        self.unknownLogType = unknownLogType
        self.featureCount = featureCount
        lines.reserveCapacity(lineCount)
        text.reserveCapacity(2 * byteCount + 48 * lineCount)
        fields.reserveCapacity(8 * lineCount)
        parameters.reserveCapacity(4 * lineCount)
        features.reserveCapacity(featureCount * lineCount)
    }
}

/// Writing: the parts of a line, then the line.
extension ParsedBlock {
    /// Adds to the text of the line that is being written.
    public mutating func append(text bytes: UnsafeBufferPointer<UInt8>) -> Part {
        let start = text.count - lineStart
        text.append(contentsOf: bytes)
        return Part(start: start, end: text.count - lineStart)
    }

    /// Adds where the columns of the line stand, one part for each.
    public mutating func append(fields parts: UnsafeBufferPointer<Part>) { fields.append(contentsOf: parts) }
    public mutating func append(parameter part: Part) { parameters.append(part) }

    /// Adds what lines of a masked form share, and gives its index.
    public mutating func append(template: Template) -> Int {
        templates.append(template)
        return templates.count - 1
    }

    /// Ends the line whose parts were added since the last one; its features are there already.
    public mutating func append(_ line: Line, warnings lineWarnings: [String]) {
        var line = line
        line.textStart = lineStart
        line.firstField = fieldsEnd
        line.firstParameter = parametersEnd
        fieldsEnd = fields.count
        parametersEnd = parameters.count
        lineStart = text.count
        if !lineWarnings.isEmpty { warnings[lines.count] = lineWarnings }
        lines.append(line)
        precondition(features.count == lines.count * featureCount, "a line has \(featureCount) features")
    }
}

/// Reading.
extension ParsedBlock {
    public var count: Int { lines.count }

    /// The line with its strings.
    public subscript(position: Int) -> ParsedLine {
        let line = lines[position]
        let template = templates[line.template]
        return text.withUnsafeBufferPointer { text in
            let text = UnsafeBufferPointer(rebasing: text[line.textStart...])
            let logType = line.logType < 0 ? nil : logTypes[line.logType]
            var named: [(part: Part, value: String)] = []
            var fields: [LogField] = []
            if let logType {
                named.reserveCapacity(logType.columns.count)
                fields.reserveCapacity(logType.columns.count)
                for (column, name) in logType.columns.enumerated() {
                    let part = self.fields[line.firstField + column]
                    guard part.start >= 0 else { continue }
                    let value = String(part, of: text)
                    named.append((part, value))
                    fields.append(LogField(name: name, value: value))
                }
            }
            /// The part's text; that of the field made of it where there is one, so that both share its memory.
            func string(_ part: Part) -> String? {
                guard part.start >= 0 else { return nil }
                for field in named where field.part == part { return field.value }
                return String(part, of: text)
            }
            var mined = template.mined
            mined.parameters = template.kinds.indices.map {
                TemplateParameter(
                    kind: template.kinds[$0], value: String(parameters[line.firstParameter + $0], of: text))
            }
            return ParsedLine(
                logType: logType?.name ?? unknownLogType, formatConfidence: line.confidence,
                runnerUpLogType: line.runnerUp < 0 ? nil : logTypes[line.runnerUp].name,
                timestamp: string(line.timestamp), host: string(line.host), component: string(line.component),
                processID: string(line.processID), level: string(line.level), severityNumber: line.severityNumber,
                content: string(line.content) ?? "", fields: fields, template: mined,
                modelTemplate: template.modelTemplate, modelText: string(line.modelText) ?? "",
                features: Array(features[(position * featureCount)..<((position + 1) * featureCount)]),
                warnings: warnings.isEmpty ? [] : warnings[position] ?? [], isTruncated: line.isTruncated)
        }
    }
}

extension String {
    /// The part's text, with U+FFFD in the place of what is no UTF-8.
    fileprivate init(_ part: ParsedBlock.Part, of text: UnsafeBufferPointer<UInt8>) {
        self.init(decoding: UnsafeBufferPointer(rebasing: text[Int(part.start)..<Int(part.end)]), as: UTF8.self)
    }
}
