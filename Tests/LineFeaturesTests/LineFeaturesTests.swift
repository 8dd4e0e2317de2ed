import Foundation
import Testing
import TocsinCore

@testable import LineFeatures

@Suite struct LineFeaturesTests {
    /// The features of a message without a header, by feature.
    private func features(
        _ message: String, template: String = "", header: LineFeatures.Header? = nil
    ) -> (LineFeature) -> Float {
        features(Array(message.utf8), template: template, header: header)
    }

    private func features(
        _ message: [UInt8], template: String = "", header: LineFeatures.Header? = nil
    ) -> (LineFeature) -> Float {
        let header = header ?? LineFeatures.Header(length: 0, severityNumber: 0, hourOfDay: nil)
        let row = LineFeatures.compute(
            message: message.span, header: header, template: TemplateStatistics(template))
        #expect(row.count == FeatureTable.lineFeatureCount)
        return { row[$0.rawValue] }
    }

    @Test(
        "text statistics count bytes, words, white space and digits",
        arguments: [
            ("disk sda3 is 97% full", [21, 5, 4, 3]),
            ("", [0, 0, 0, 0]),
            ("  two  words\t", [13, 2, 5, 0]),
            ("42", [2, 1, 0, 2]),
            ("größe über 5", [15, 3, 2, 1]),
        ] as [(String, [Float])])
    func textStatistics(message: String, expected: [Float]) {
        let feature = features(message)
        #expect([.textLength, .wordCount, .spaceCount, .digitCount].map(feature) == expected)
    }

    @Test(
        "template features count masks as numbers and leave them out of the special characters",
        arguments: [
            ("peer <*> left after <*> s", [25, 2, 0, 6]),
            ("peer <IP> left after <DURATION> s", [25, 2, 0, 6]),
            ("port <*>: retry 3/5", [19, 3, 2, 4]),
            ("if a < b then <abc>", [19, 0, 3, 6]),
            ("open <*", [7, 0, 2, 2]),
            ("", [0, 0, 0, 0]),
            ("<>", [2, 0, 2, 1]),
        ] as [(String, [Float])])
    func templateStatistics(template: String, expected: [Float]) {
        let feature = features("x", template: template)
        #expect(
            [.templateLength, .templateNumberCount, .templateSpecialCount, .templateTokenCount].map(feature)
                == expected)
    }

    @Test(
        "durations are a number and its unit, side by side or one space apart",
        arguments: [
            ("query took 2500 ms", 1, 2500),
            ("gave up after 30s, then after 1.5 min", 2, 90_000),
            ("waited 0.25 seconds", 1, 250),
            ("budget 2 hours", 1, 7_200_000),
            ("pass 7  seconds away", 0, 0),
            ("seconds 7", 0, 0),
            ("800us", 1, 0.8),
        ] as [(String, Float, Double)])
    func durations(message: String, count: Float, milliseconds: Double) {
        let feature = features(message)
        #expect(feature(.durationCount) == count)
        #expect(abs(Double(feature(.longestDuration)) - log10(1 + milliseconds)) < 1e-5)
    }

    @Test("a number beyond any clock does not make a feature infinite")
    func hugeDuration() {
        #expect(features(String(repeating: "9", count: 5_000) + "h")(.longestDuration) == 12)
    }

    @Test(
        "keywords are found in any case, in camel case and beside punctuation",
        arguments: [
            ("CRASHED", LineFeature.failureWords, 1),
            ("java.io.IOException: Broken pipe", .failureWords, 1),
            ("ConnectionRefusedException", .networkWords, 2),
            ("permission-denied", .securityWords, 2),
            ("queue_full", .performanceWords, 2),
            ("unrecognized option", .configWords, 2),
            ("DIMM parity", .hardwareWords, 2),
            ("backup completed successfully", .reassuringWords, 2),
            ("scrashed", .failureWords, 0),
        ] as [(String, LineFeature, Float)])
    func keywords(message: String, feature: LineFeature, count: Float) {
        #expect(features(message)(feature) == count)
    }

    @Test("positions are shares of the message and of the line")
    func positions() {
        let feature = features(
            "worker 7 crashed", header: LineFeatures.Header(length: 48, severityNumber: 17, hourOfDay: 23))
        #expect(feature(.headerShare) == 0.75)
        #expect(feature(.firstNumberPosition) == 7.0 / 16)
        #expect(feature(.firstTroublePosition) == 9.0 / 16)
        #expect(features("crashed: 7")(.firstTroublePosition) == 0)
        #expect(features("crushed: 7")(.firstTroublePosition) == 1)
        #expect(feature(.severity) == 17)
        #expect(feature(.hourOfDay) == 23)
        #expect(features("all is well")(.hourOfDay) == -1)
    }

    @Test(
        "the hour is read as the line writes it",
        arguments: [
            ("2024-05-01T09:30:00Z", 9), ("2024-05-01T23:59:59.123+02:00", 23), ("2024-05-01T24:00:00Z", nil),
            ("yesterday at noon..", nil), ("", nil), ("2024-05-01T::30:00Z", nil),
        ] as [(String, Int?)])
    func hour(timestamp: String, hour: Int?) {
        #expect(LineFeatures.hourOfDay(inTimestamp: Array(timestamp.utf8).span) == hour)
    }

    @Test("every byte value, NUL and broken UTF-8 included, gives finite features")
    func hostileBytes() {
        var generator = SystemRandomNumberGenerator()
        for length in [1, 2, 3, 255, 4_096] {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let feature = features(bytes, template: String(decoding: bytes, as: UTF8.self))
            #expect(LineFeature.allCases.allSatisfy { feature($0).isFinite })
        }
        #expect(features([0, 0xFF, 0xC3])(.wordCount) == 1)
    }

    @Test("a megabyte line takes no more than a moment")
    func longLine() {
        let message = Array(repeating: Array("slow disk 30s ".utf8), count: 75_000).flatMap { $0 }
        let started = ContinuousClock.now
        #expect(features(message)(.durationCount) == 75_000)
        #expect(ContinuousClock.now - started < .seconds(1))
    }
}
