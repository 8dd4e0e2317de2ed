import Foundation

/// Runs the command-line tool as users do.
enum CommandLineTool {
    struct Outcome {
        var status: Int32
        var output: [UInt8]
        var error: String

        var text: String { String(decoding: output, as: UTF8.self) }
        var rows: [Substring] { text.split(separator: "\n") }
    }

    static func run(_ arguments: String..., input: [UInt8] = []) throws -> Outcome {
        try run(arguments, input: input)
    }

    static func run(_ arguments: [String], input: [UInt8] = []) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("tocsin")
        process.arguments = arguments
        let source = try TemporaryFile(input)
        process.standardInput = FileHandle(forReadingAtPath: source.path)
        let output = Pipe()
        process.standardOutput = output
        let error = try TemporaryFile([])
        process.standardError = FileHandle(forWritingAtPath: error.path)
        try process.run()
        let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: bytes,
            error: String(decoding: try Data(contentsOf: URL(filePath: error.path)), as: UTF8.self))
    }
}
