/// The kind of trouble that a log line reports; raw values are the class indices of every model and answer.
///
/// What each class means is fixed in `models/labels/RUBRIC.md`.
public enum AnomalyClass: Int, CaseIterable, Sendable, Hashable {
    case normal = 0
    case securityAnomaly
    case systemFailure
    case performanceIssue
    case networkAnomaly
    case configError
    case hardwareIssue

    /// The class's name on the wire and in data files, such as `security_anomaly`.
    public var name: String {
        switch self {
        case .normal: "normal"
        case .securityAnomaly: "security_anomaly"
        case .systemFailure: "system_failure"
        case .performanceIssue: "performance_issue"
        case .networkAnomaly: "network_anomaly"
        case .configError: "config_error"
        case .hardwareIssue: "hardware_issue"
        }
    }

    /// The class of that name, or nil where no class has it.
    public init?(name: some StringProtocol) {
        guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = match
    }

    /// The number of classes, 7.
    public static let count = allCases.count
}
