public import Foundation

/// All formats that lines are tried against, compiled together.
///
/// Formats are files: those that ship with the module, and those of any folders a user names. A file of a later folder
/// replaces an earlier one of the same log type.
public struct FormatLibrary: Sendable {
    /// In the order of their names.
    public let formats: [LogFormat]
    let compiled: CompiledFormats

    /// The log type of lines that fit no format.
    public static let unknownLogType = "Unknown"

    /// The folder of the formats that ship with Tocsin.
    static var bundledDirectory: URL? { Bundle.module.url(forResource: "Formats", withExtension: nil) }

    /// The formats that ship with Tocsin and those of `directories`.
    public static func standard(adding directories: [URL] = []) throws(FormatError) -> FormatLibrary {
        guard let bundled = bundledDirectory else {
            throw .unreadable(path: "Formats", reason: "the module's resources are not beside the program")
        }
        return try FormatLibrary(directories: [bundled] + directories)
    }

    /// The formats of `directories`: every file whose name ends in `.json`.
    public init(directories: [URL]) throws(FormatError) {
        var definitions: [String: (file: String, definition: FormatDefinition)] = [:]
        for directory in directories {
            var seen: Set<String> = []
            for url in try Self.files(in: directory) {
                let definition = try FormatDefinition(json: try Self.read(url), file: url.path)
                guard seen.insert(definition.name).inserted else {
                    throw .duplicate(file: url.path, logType: definition.name)
                }
                definitions[definition.name] = (url.path, definition)
            }
        }
        try self.init(definitions.values.sorted { $0.definition.name < $1.definition.name })
    }

    init(_ definitions: [(file: String, definition: FormatDefinition)]) throws(FormatError) {
        var formats: [LogFormat] = []
        for (file, definition) in definitions {
            if definition.name.isEmpty || definition.name == Self.unknownLogType {
                throw .malformed(file: file, place: ".name", reason: "'\(definition.name)' cannot be a log type")
            }
            formats.append(try LogFormat(definition, file: file))
        }
        self.formats = formats
        compiled = try CompiledFormats(definitions, formats)
    }

    /// Every log type that a line can be given, `Unknown` included.
    public var logTypes: [String] { formats.map(\.name) + [Self.unknownLogType] }

    /// The format of that log type, whatever the case of its letters.
    public func index(ofLogType name: String) -> Int? {
        formats.firstIndex { $0.name == name }
            ?? formats.firstIndex { $0.name.lowercased() == name.lowercased() }
    }

    private static func files(in directory: URL) throws(FormatError) -> [URL] {
        do {
            return try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
                .filter { $0.pathExtension == "json" }
                .sorted { $0.lastPathComponent < $1.lastPathComponent }
        } catch {
            throw .unreadable(path: directory.path, reason: error.localizedDescription)
        }
    }

    private static func read(_ url: URL) throws(FormatError) -> Data {
        do {
            return try Data(contentsOf: url)
        } catch {
            throw .unreadable(path: url.path, reason: error.localizedDescription)
        }
    }
}
