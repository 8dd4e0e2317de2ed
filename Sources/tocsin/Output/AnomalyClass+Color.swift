internal import TocsinCore

extension AnomalyClass {
    /// The terminal's colour for the class, as in its SGR escape sequence.
    var colorCode: Int {
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
