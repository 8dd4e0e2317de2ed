internal import Foundation
internal import TocsinClient
internal import TocsinCore
internal import WireMessages

/// Judges the lines of a file by an edge, first in one call, then as they come, and prints what is not normal.
///
///     swift run client-example 127.0.0.1:50050 .run/certificates deploy/sample.log
@main
struct AnalyzeLines {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 3, let edge = arguments.first, let path = arguments.last else {
            print("usage: client-example HOST:PORT CERTIFICATES FILE")
            exit(64)
        }
        let folder = arguments[2]
        let credentials = EdgeCredentials(
            certificateChain: "\(folder)/client.pem", privateKey: "\(folder)/client.key", trustRoots: "\(folder)/ca.pem"
        )
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)

        try await EdgeConnection.with(edge, credentials: credentials) { edge in
            let answer = try await edge.analyze(lines)
            for (line, verdict) in zip(lines, answer.lines) {
                switch verdict {
                case .success(let verdict) where verdict.prediction.anomalyClass != .normal:
                    print("\(verdict.prediction.anomalyClass.name)  \(verdict.prediction.confidence)  \(line)")
                case .success: break
                case .failure(let failure): print("no verdict: \(failure)  \(line)")
                }
            }
            print(
                "\(Int(100 * answer.anomalyRate)) % of \(lines.count) lines are not normal, says \(answer.model.name)")

            // Lines that come over time: each batch is answered while the next one is read.
            let batches = AsyncStream<[String]> { continuation in
                for line in lines { continuation.yield([line]) }
                continuation.finish()
            }
            try await edge.analyze(streaming: batches) { answer in
                print("stream: \(answer.lines.count) line of \(answer.logTypes.first?.name ?? "no log type")")
            }
        }
    }
}
