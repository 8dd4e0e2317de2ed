import Foundation
import MatrixMath
import Testing

@Suite("A program that multiplies matrices")
struct ProgramStartTests {
    /// What the probe prints when it is started with that `OPENBLAS_CORETYPE`, line by line.
    private func probe(coreType: String?) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("openblas-core-probe")
        process.arguments = ["two", "words"]
        var environment = ProcessInfo.processInfo.environment
        environment["OPENBLAS_CORETYPE"] = coreType
        process.environment = environment
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return text.split(separator: "\n").map(String.init)
    }

    @Test(
        "starts anew with good kernels where the worst were forced, says so once and keeps its arguments",
        .enabled(if: OpenBLASCore.best(for: .current) != nil, "this CPU has nothing better than what is forced"))
    func forcedPrescott() throws {
        let best = try #require(OpenBLASCore.best(for: .current))
        let lines = try probe(coreType: "Prescott")
        try #require(lines.count == 2)
        #expect(lines[0].hasPrefix("report: OpenBLAS chose its Prescott kernels") && lines[0].contains(best.rawValue))
        #expect(lines[1].hasSuffix("with two words"))
        let core = try #require(lines[1].split(separator: " ").dropFirst().first)
        #expect(OpenBLASCore.missed(loaded: String(core), features: .current) == nil)
    }

    @Test("goes on without a word where the kernels were chosen well")
    func goodChoice() throws {
        guard let best = OpenBLASCore.best(for: .current) else { return }
        let lines = try probe(coreType: best.rawValue)
        #expect(lines.count == 1 && lines[0].hasPrefix("core: "))
    }
}
