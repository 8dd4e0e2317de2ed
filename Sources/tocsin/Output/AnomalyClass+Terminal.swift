internal import TocsinCore

extension AnomalyClass {
    /// The text in the terminal's colour for the class; as it is for `normal`.
    func painted(_ text: String) -> String {
        self == .normal ? text : "\u{1B}[\(colorCode)m\(text)\u{1B}[0m"
    }

    /// As in the terminal's SGR escape sequence.
    private var colorCode: Int {
        switch self {
        case .normal: 0
        case .securityAnomaly: 35
        case .systemFailure: 31
        case .performanceIssue: 33
        case .networkAnomaly: 36
        case .configError: 34
        case .hardwareIssue: 91
        }
    }
}
