internal import Foundation

/// The 22 numbers that a model reads of a line besides its embedding, from the line and its template alone.
public struct LineFeatures: Sendable {
    /// What the parser knows of a line besides its message and template.
    public struct Header: Sendable, Hashable {
        /// Bytes of the line before the message.
        public var length: Int
        /// OpenTelemetry severity number, 1...24; 0 where the line has no level.
        public var severityNumber: Int
        /// The hour of the line's own time stamp, 0...23; nil where it has none.
        public var hourOfDay: Int?

        public init(length: Int, severityNumber: Int, hourOfDay: Int?) {
            self.length = length
            self.severityNumber = severityNumber
            self.hourOfDay = hourOfDay
        }
    }

    /// The hour of an RFC 3339 time stamp such as `2024-05-01T09:30:00Z`, in the zone it is written in; nil where the
    /// text is none.
    public static func hourOfDay(inTimestamp timestamp: Span<UInt8>) -> Int? {
        guard timestamp.count >= 16, timestamp[10] == UInt8(ascii: "T") || timestamp[10] == UInt8(ascii: " "),
            timestamp[13] == UInt8(ascii: ":")
        else { return nil }
        let tens = Int(timestamp[11]) - 48, ones = Int(timestamp[12]) - 48
        guard (0...2).contains(tens), (0...9).contains(ones), tens * 10 + ones < 24 else { return nil }
        return tens * 10 + ones
    }

    /// Appends a line's features to `row` in the order of `FeatureTable.lineFeatures`.
    ///
    /// - Parameters:
    ///   - message: the line's content without its header.
    ///   - template: of the frozen tree's template of the message.
    public static func append(
        message: Span<UInt8>, header: Header, template: TemplateStatistics, to row: inout [Float]
    ) {
        var scan = MessageScan()
        scan.read(message)

        let lineLength = header.length + message.count
        let values: InlineArray<22, Float> = [
            Float(message.count), Float(scan.wordCount), Float(scan.spaceCount), Float(scan.digitCount),

            Float(template.length), Float(template.numberCount), Float(template.specialCount),
            Float(template.tokenCount),

            Float(header.hourOfDay ?? -1), Float(scan.durationCount),
            scan.durationCount == 0 ? 0 : Float(log10(1 + scan.longestMilliseconds)),

            lineLength == 0 ? 0 : Float(header.length) / Float(lineLength), scan.share(of: scan.firstDigit),
            scan.share(of: scan.firstTrouble),

            Float(header.severityNumber),
            Float(scan.keywordCounts[0]), Float(scan.keywordCounts[1]), Float(scan.keywordCounts[2]),
            Float(scan.keywordCounts[3]), Float(scan.keywordCounts[4]), Float(scan.keywordCounts[5]),
            Float(scan.keywordCounts[6]),
        ]
        values.span.withUnsafeBufferPointer { row.append(contentsOf: $0) }
    }

    /// A line's features, in the order of `FeatureTable.lineFeatures`.
    public static func compute(message: Span<UInt8>, header: Header, template: TemplateStatistics) -> [Float] {
        var row: [Float] = []
        row.reserveCapacity(FeatureTable.lineFeatureCount)
        append(message: message, header: header, template: template, to: &row)
        return row
    }
}
