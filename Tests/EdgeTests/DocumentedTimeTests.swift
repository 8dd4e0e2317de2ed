import Foundation
import Testing

@testable import Edge

@Suite struct DocumentedTimeTests {
    @Test(
        "times are UTC without a zone",
        arguments: [
            (0.0, "1970-01-01T00:00:00.000000"),
            (1_728_574_245.5, "2024-10-10T15:30:45.500000"),
            (1_709_164_800.000_001, "2024-02-29T00:00:00.000001"),
            (-0.5, "1969-12-31T23:59:59.500000"),
        ])
    func exact(seconds: Double, text: String) {
        let time = DocumentedTime(date: Date(timeIntervalSince1970: seconds))
        #expect(time.exact == text)
        #expect(time.seconds == text.prefix(19))
    }
}
