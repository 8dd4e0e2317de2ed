internal import ArgumentParser
internal import ServiceKit

/// The flags that only the edge has. Their values are texts: `EdgeConfiguration` reads them with all other sources.
struct EdgeOptions: ParsableArguments {
    @OptionGroup var http: HTTPOptions

    @Option(name: EdgeSettings.verdictCacheBytes.flag, help: EdgeSettings.verdictCacheBytes.help)
    var verdictCacheBytes: String?

    @Option(name: EdgeSettings.vectorCacheBytes.flag, help: EdgeSettings.vectorCacheBytes.help)
    var vectorCacheBytes: String?

    @Option(name: EdgeSettings.parser.flag, help: EdgeSettings.parser.help)
    var parser: String?

    @Option(name: EdgeSettings.embedding.flag, help: EdgeSettings.embedding.help)
    var embedding: String?

    @Option(name: EdgeSettings.classifier.flag, help: EdgeSettings.classifier.help)
    var classifier: String?
}
