internal import ArgumentParser
internal import Drain
internal import Foundation
internal import RemoteTiers
internal import ServiceKit

extension TemplatesCommand {
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take the templates of a state into another one or into a running parser.",
            discussion: """
                What both know is merged; names and pins go to the last writer. A state that is not there is made. Write \
                to a parser's own state only while it does not run: it keeps its own in memory.

                EXAMPLES
                  tocsin templates import exported.state --to /var/lib/tocsin/templates
                  tocsin templates import exported.state --parser 127.0.0.1:50051
                """)
        @Argument(help: "A state.", completion: .file()) var file: String

        @Option(help: ArgumentHelp("The state file to write.", valueName: "file"), completion: .file())
        var to: String?

        @Option(help: ArgumentHelp("The running parser that takes the templates.", valueName: "host:port"))
        var parser: ParserAddress?

        @OptionGroup(title: "Certificates, for --parser") var certificates: TLSOptions

        func validate() throws {
            guard (to == nil) != (parser == nil) else {
                throw ValidationError("name where the templates go: either --to FILE or --parser HOST:PORT")
            }
        }

        func run() async throws {
            let state = try StateFile.snapshot(at: file).state
            if let to { try StateFile.write(state, into: to) }
            guard let parser else { return }
            let records = Array(state.records.values)
            let count = try await RunningParser(parser, certificates).withTemplates { try await $0.take(records) }
            FileHandle.standardError.write(
                Data("took \(records.count) templates; the parser has \(count) now\n".utf8))
        }
    }
}
