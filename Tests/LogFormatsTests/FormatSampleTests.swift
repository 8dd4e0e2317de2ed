import Foundation
import Testing

@testable import LogFormats

/// Every format's file brings lines and what must come of them: they are its tests.
@Suite struct FormatSampleTests {
    static let library = Result { try FormatLibrary.standard() }

    @Test("every format reads its own sample lines as its file says")
    func samples() throws {
        let library = try Self.library.get()
        let matcher = LineMatcher(library: library)
        for format in library.formats {
            #expect(!format.samples.isEmpty, "\(format.name) has no sample line")
            for sample in format.samples { check(sample, of: format, matcher) }
        }
    }

    @Test("the sixteen LogHub formats and the others are there")
    func names() throws {
        let names = try Self.library.get().logTypes
        for name in [
            "Android", "Apache", "BGL", "Hadoop", "HDFS", "HealthApp", "HPC", "Linux", "Mac", "OpenSSH", "OpenStack",
            "Proxifier", "Spark", "Thunderbird", "Windows", "Zookeeper", "Syslog", "Journald", "Kernel", "JSON",
            "Logfmt", "AccessLog", "Nginx", "Klog", "CRI", "Log4j", "PythonLogging", "PostgreSQL", "Generic", "Unknown",
        ] {
            #expect(names.contains(name))
        }
    }

    private func check(_ sample: FormatDefinition.Sample, of format: LogFormat, _ matcher: LineMatcher) {
        Array(sample.line.utf8).withUnsafeBufferPointer { line in
            matcher.match(line)
            let comment: Comment = "\(format.name): \(sample.line)"
            #expect(matcher.logType == format.name, comment)
            guard matcher.logType == format.name else { return }
            func text(_ bytes: UnsafeBufferPointer<UInt8>?) -> String? {
                bytes.map { String(decoding: $0, as: UTF8.self) }
            }
            for (column, value) in sample.fields ?? [:] {
                let slot = format.columns.firstIndex(of: column)
                #expect(slot.flatMap { text(matcher.bytes(column: $0)) } == value, comment)
            }
            if let content = sample.content { #expect(text(matcher.contentBytes) == content, comment) }
            if let timestamp = sample.timestamp { #expect(matcher.timestamp?.rfc3339() == timestamp, comment) }
            if let host = sample.host { #expect(text(matcher.bytes(.host)) == host, comment) }
            if let component = sample.component { #expect(text(matcher.bytes(.component)) == component, comment) }
            if let pid = sample.pid { #expect(text(matcher.bytes(.processID)) == pid, comment) }
            if let level = sample.level { #expect(text(matcher.bytes(.level)) == level, comment) }
            if let severity = sample.severity { #expect(matcher.severityNumber == severity, comment) }
            if let runnerUp = sample.runnerUp {
                #expect(matcher.runnerUpIndex.map { matcher.library.formats[$0].name } == runnerUp, comment)
            }
            #expect(matcher.confidence > 0.5 && matcher.confidence <= 1, comment)
        }
    }
}

@Suite struct FormatFileTests {
    @Test("no format names a host, user or date of the LogHub samples")
    func namesNothingOfTheData() throws {
        let folder = try #require(FormatLibrary.bundledDirectory)
        let names = [
            "combo", "labsz", "calvisitor", "authormacbook", "airbears", "tbird", "msra-sa", "slowvm1", "cse.cuhk",
            "30002312", "2015-10-18", "2005.11.09", "20171223",
        ]
        for url in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            let text = String(decoding: try Data(contentsOf: url), as: UTF8.self).lowercased()
            for name in names { #expect(!text.contains(name), "\(url.lastPathComponent) names \(name)") }
        }
    }
}
