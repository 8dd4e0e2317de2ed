internal import Drain
internal import Foundation
internal import LogFormats
internal import LogParsing
internal import RemoteTiers
internal import TocsinCore

/// One place that templates come from.
enum TemplateSource {
    /// A log file or a state.
    case file(String)
    case parser(RunningParser)

    /// One tree of all sources: states are merged, log files are mined. That of one state is as the state says.
    static func tree(of sources: [TemplateSource]) async throws -> DrainTree {
        var states: [TemplateState] = []
        var logs: [String] = []
        for source in sources {
            switch source {
            case .file(let path) where try StateFile.isState(path):
                states.append(try StateFile.snapshot(at: path).state)
            case .file(let path): logs.append(path)
            case .parser(let parser):
                let reading = try await parser.withTemplates { try await $0.reading() }
                states.append(TemplateState(reading.records.values))
            }
        }
        var tree = DrainTree(
            restoring: states.first ?? TemplateState(), configuration: StateFile.configuration(holding: states),
            replica: StateFile.newReplicaName())
        for state in states.dropFirst() { tree.merge(state) }
        guard !logs.isEmpty else { return tree }
        let parser = LineParser(library: try .standard(), frozenTree: FrozenTree(typedTexts: []), liveTree: tree)
        for log in logs { try await mine(log, with: parser) }
        return parser.withLiveTree { $0 }
    }

    private static func mine(_ file: String, with parser: LineParser) async throws {
        let reader = try RecordReader(path: file)
        let defaults = Timestamp.Defaults(
            referenceSeconds: reader.modified ?? Int(Date().timeIntervalSince1970), offset: .zero)
        while let block = try await reader.next() {
            _ = try parser.parse(ParseBatch(lines: block.records), timestampDefaults: defaults)
        }
    }
}
