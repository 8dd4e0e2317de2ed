/// The 22 features of a line besides its embedding; raw values are their positions among the line features.
///
/// 4 text statistics, 4 template features and 14 additional ones (3 temporal, 3 positional, 8 by keyword).
public enum LineFeature: Int, Sendable, CaseIterable {
    case textLength, wordCount, spaceCount, digitCount
    case templateLength, templateNumberCount, templateSpecialCount, templateTokenCount
    case hourOfDay, durationCount, longestDuration
    case headerShare, firstNumberPosition, firstTroublePosition
    case severity
    case failureWords, securityWords, performanceWords, networkWords, configWords, hardwareWords, reassuringWords

    /// The feature's name in tables and explanations.
    public var name: String { description.name }
    /// The group that explanations sum over.
    public var group: FeatureGroup { description.group }
    /// What the number is, with its unit and range.
    public var meaning: String { description.meaning }

    private var description: (name: String, group: FeatureGroup, meaning: String) {
        switch self {
        case .textLength: ("text_length", .text, "bytes of the message")
        case .wordCount: ("word_count", .text, "words of the message, cut at white space")
        case .spaceCount: ("space_count", .text, "white space characters in the message")
        case .digitCount: ("digit_count", .text, "decimal digits in the message")
        case .templateLength: ("template_length", .template, "bytes of the template, three for each mask")
        case .templateNumberCount:
            ("template_number_count", .template, "masks and runs of decimal digits in the template")
        case .templateSpecialCount:
            (
                "template_special_count", .template,
                "characters of the template, outside masks, that are no letter, digit or white space"
            )
        case .templateTokenCount: ("template_token_count", .template, "tokens of the template, cut at white space")
        case .hourOfDay: ("hour_of_day", .temporal, "hour of the line's own time stamp, 0...23; -1 without one")
        case .durationCount: ("duration_count", .temporal, "durations that the message names, such as 30s")
        case .longestDuration:
            ("longest_duration", .temporal, "log10(1 + milliseconds) of the longest duration named; 0 without one")
        case .headerShare: ("header_share", .positional, "share of the line before the message, 0...1")
        case .firstNumberPosition:
            ("first_number_position", .positional, "where in the message the first digit stands, 0...1; 1 without one")
        case .firstTroublePosition:
            (
                "first_trouble_position", .positional,
                "where in the message the first word of trouble begins, 0...1; 1 without one"
            )
        case .severity: ("severity", .keyword, "OpenTelemetry severity number of the level, 1...24; 0 without one")
        case .failureWords: ("failure_words", .keyword, "words of failure, such as crash or abort")
        case .securityWords: ("security_words", .keyword, "words of access and intrusion, such as denied")
        case .performanceWords: ("performance_words", .keyword, "words of slowness and pressure, such as backlog")
        case .networkWords: ("network_words", .keyword, "words of lost connections, such as unreachable")
        case .configWords: ("config_words", .keyword, "words of wrong settings, such as undefined")
        case .hardwareWords: ("hardware_words", .keyword, "words of devices and their faults, such as parity")
        case .reassuringWords: ("reassuring_words", .keyword, "words of success, such as completed")
        }
    }
}
