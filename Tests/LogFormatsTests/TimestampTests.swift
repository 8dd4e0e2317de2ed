import Testing

@testable import LogFormats

@Suite struct TimestampTests {
    private func read(_ text: String, layout: String) -> Timestamp? {
        let steps = (TimestampRule.tokens(of: layout) ?? []).map { TimestampRule.Step(slot: 0, token: $0) }
        return Array(text.utf8).withUnsafeBufferPointer { bytes in
            var range = FieldRange(start: 0, end: Int32(bytes.count))
            guard let base = bytes.baseAddress else { return nil }
            return steps.withUnsafeBufferPointer { TimestampRule.read($0, base, ranges: &range) }
        }
    }

    @Test(
        "layouts read to RFC 3339",
        arguments: [
            ("2024-04-15T12:00:00.250+02:00", "iso", "2024-04-15T12:00:00.250+02:00"),
            ("2024-04-15 12:00:00,250", "iso", "2024-04-15T12:00:00.250Z"),
            ("1117838570", "epoch", "2005-06-03T22:42:50Z"),
            ("1136073600250", "instant", "2006-01-01T00:00:00.250Z"),
            ("1136073600250001", "instant", "2006-01-01T00:00:00.250001Z"),
            ("Feb  3 07:15:22", "instant", "1970-02-03T07:15:22Z"),
            ("081109", "yyMMdd", "2008-11-09T00:00:00Z"),
            ("03/Feb/2026:07:15:22 -0330", "dd/MMM/yyyy:HH:mm:ss z", "2026-02-03T07:15:22-03:30"),
            ("20171223-7:5:2:9", "yyyyMMdd-H:m:s:l", "2017-12-23T07:05:02.009Z"),
        ])
    func layouts(text: String, layout: String, expected: String) {
        #expect(read(text, layout: layout)?.rfc3339() == expected)
    }

    @Test(
        "what is no moment reads as none",
        arguments: [
            ("2024-13-15T12:00:00", "iso"), ("2024-04-15T25:00:00", "iso"), ("", "iso"), ("x", "epoch"), ("99", "MM"),
            ("123456789012345678901234", "instant"), ("2023-02-29T12:00:00", "iso"), ("0431", "MMdd"),
        ])
    func nonsense(text: String, layout: String) {
        #expect(read(text, layout: layout) == nil)
    }

    @Test("a line without a year gets the latest year that is not in the future")
    func missingYear() {
        let december = read("Dec 31 23:59:59", layout: "instant")
        let january = read("Jan  1 00:00:01", layout: "instant")
        let defaults = Timestamp.Defaults(reference: (2026, 1, 1))
        #expect(december?.rfc3339(defaults) == "2025-12-31T23:59:59Z")
        #expect(january?.rfc3339(defaults) == "2026-01-01T00:00:01Z")
        #expect(read("Feb 29 00:00:00", layout: "instant")?.rfc3339(defaults) == "2024-02-29T00:00:00Z")
        #expect(december?.rfc3339() == "1970-12-31T23:59:59Z")
        #expect(december?.milliseconds() == nil)
    }

    @Test("the reference is a moment, whose day is that of the lines' own clocks")
    func referenceSeconds() {
        let newYear = 1_767_225_600  // 2026-01-01T00:00:00Z
        let late = read("Jan  2 10:00:00", layout: "instant")
        #expect(late?.rfc3339(Timestamp.Defaults(referenceSeconds: newYear)) == "2026-01-02T10:00:00Z")
        let west = Timestamp.Defaults(referenceSeconds: newYear, offset: UTCOffset(minutes: -300))
        #expect(late?.rfc3339(west) == "2025-01-02T10:00:00-05:00")
    }

    @Test(
        "offsets from UTC are read as people write them",
        arguments: [
            ("Z", 0), ("+02:00", 120), ("-0330", -210), ("+9", 540), ("-00:30", -30), ("+18:00", 1080), ("+19", nil),
            ("02:00", nil), ("+2:00", nil), ("+00:60", nil), ("", nil), ("+", nil), ("+ 2", nil),
        ] as [(String, Int?)])
    func offsets(text: String, minutes: Int?) {
        #expect(UTCOffset(text)?.minutes == minutes)
    }

    @Test("days and dates are each other's inverse", arguments: Array(stride(from: -800_000, to: 800_000, by: 9973)))
    func civilDates(days: Int) {
        let date = CivilDate.date(days: days)
        #expect(CivilDate.days(year: date.year, month: date.month, day: date.day) == days)
    }
}
