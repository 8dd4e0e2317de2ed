internal import ArgumentParser
internal import Foundation
internal import RemoteTiers
internal import ServiceKit
internal import TocsinCore

/// The live template that a command changes, and the running parser that has it.
struct LiveTemplate: ParsableArguments {
    @Argument(help: "The template's id, one that it had before, or the begin of its id.") var id: String

    @Option(help: ArgumentHelp("The running parser.", valueName: "host:port"))
    var parser: ParserAddress

    @OptionGroup(title: "Certificates") var certificates: TLSOptions

    func validate() throws {
        guard (1...32).contains(id.utf8.count), id.allSatisfy({ $0.isHexDigit && !$0.isUppercase }) else {
            throw ValidationError(
                "'\(id)' is no template id, expected up to 32 hexadecimal digits in lower case: "
                    + "'tocsin templates list --parser' shows them")
        }
    }

    /// Changes the template and says on standard error what became of it.
    func change(
        _ verb: String, _ body: @escaping @Sendable (RemoteTemplates, String) async throws -> TemplateSummary
    ) async throws {
        let id = id
        let template = try await RunningParser(parser, certificates).withTemplates { templates in
            try await body(templates, try await Self.wholeID(id, templates))
        }
        let name = template.name.map { " (\($0))" } ?? ""
        let text = TerminalText.shown(template.text, width: 200)
        FileHandle.standardError.write(
            Data("\(verb) \(template.id)\(name) of \(template.count) messages: \(text)\n".utf8))
    }

    /// The id that begins so; a whole one as it is, for a template may have had it.
    private static func wholeID(_ id: String, _ templates: RemoteTemplates) async throws -> String {
        guard id.utf8.count < 32 else { return id }
        let found = try await templates.list(TemplateQuery(contains: id)).templates.map(\.id)
            .filter { $0.hasPrefix(id) }
        guard found.count == 1 else {
            throw ValidationError(
                found.isEmpty
                    ? "no template's id begins with '\(id)'; 'tocsin templates list --parser' shows them"
                    : "the ids of \(found.count) templates begin with '\(id)'; give more of it")
        }
        return found[0]
    }
}

extension TemplatesCommand {
    struct Pin: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep a template of a running parser from being evicted.")
        @OptionGroup var template: LiveTemplate

        func run() async throws {
            try await template.change("pinned") { try await $0.change(PinTemplate(id: $1, isPinned: true)) }
        }
    }

    struct Unpin: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a pinned template of a running parser go again.")
        @OptionGroup var template: LiveTemplate

        func run() async throws {
            try await template.change("unpinned") { try await $0.change(PinTemplate(id: $1, isPinned: false)) }
        }
    }

    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a template of a running parser a name, or take it away.")
        @OptionGroup var template: LiveTemplate
        @Option(help: "The name; none takes it away.") var name: String?

        func run() async throws {
            let name = name
            try await template.change("renamed") { try await $0.change(RenameTemplate(id: $1, name: name)) }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete a template of a running parser with its messages so far, on all its replicas.",
            discussion: "A message that comes later makes it anew.")
        @OptionGroup var template: LiveTemplate

        func run() async throws {
            try await template.change("deleted") { try await $0.change(DeleteTemplate(id: $1)) }
        }
    }
}
