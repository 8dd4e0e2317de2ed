internal import ArgumentParser
internal import ServiceKit

/// Where the templates of a command come from.
struct TemplateSources: ParsableArguments {
    @Argument(help: "Log files or states; - is standard input.", completion: .file()) var files: [String] = []

    @Option(
        help: ArgumentHelp(
            "A running parser, whose live templates are taken too, after those of files.", valueName: "host:port"))
    var parser: ParserAddress?

    @OptionGroup(title: "Certificates, for --parser") var certificates: TLSOptions

    /// All that were named, in their order; standard input where none was.
    func all() throws -> [TemplateSource] {
        let parsers = try parser.map { [TemplateSource.parser(try RunningParser($0, certificates))] } ?? []
        let named = files.map { TemplateSource.file($0) } + parsers
        return named.isEmpty ? [.file("-")] : named
    }
}
