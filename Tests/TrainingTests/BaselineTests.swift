import LineFeatures
import Testing
import TocsinCore

@testable import Training

@Suite struct BaselineTests {
    private func verdict(_ message: String, severity: Int) -> AnomalyClass {
        let bytes = Array(message.utf8)
        return Baseline.ruleVerdict(
            LineFeatures.compute(
                message: bytes.span, header: .init(length: 0, severityNumber: severity, hourOfDay: nil),
                template: TemplateStatistics(message)))
    }

    @Test(
        "the rule goes by level and words",
        arguments: [
            ("cache warmed up", 9, AnomalyClass.normal), ("disk parity failed", 17, .hardwareIssue),
            ("permission denied", 0, .securityAnomaly), ("it went wrong somehow", 17, .configError),
            ("stopped for no reason", 21, .systemFailure),
        ])
    func rule(message: String, severity: Int, expected: AnomalyClass) {
        #expect(verdict(message, severity: severity) == expected)
    }
}
