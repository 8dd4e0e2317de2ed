internal import Foundation

/// A format as its file writes it.
///
/// Member names are checked: a misspelt one is an error that names the file and the place, not a silent default.
struct FormatDefinition: Decodable, Sendable {
    /// How the lines of a format are taken apart.
    enum Reader: String, Decodable, Sendable {
        case pattern, json, logfmt
    }

    /// A sample line and what must come of it: the format's own tests.
    struct Sample: Decodable, Sendable {
        var line: String
        var content: String?
        var fields: [String: String]?
        var timestamp: String?
        var host: String?
        var component: String?
        var pid: String?
        var level: String?
        var severity: Int?
        var runnerUp: String?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case line, content, fields, timestamp, host, component, pid, level, severity, runnerUp
        }
        init(from decoder: any Decoder) throws {
            let members = try StrictMembers(decoder, CodingKeys.self)
            line = try members.required(.line)
            content = try members.optional(.content)
            fields = try members.optional(.fields)
            timestamp = try members.optional(.timestamp)
            host = try members.optional(.host)
            component = try members.optional(.component)
            pid = try members.optional(.pid)
            level = try members.optional(.level)
            severity = try members.optional(.severity)
            runnerUp = try members.optional(.runnerUp)
        }
    }

    /// One column of the time stamp and how it is written; see `TimestampRule`.
    struct TimestampPart: Decodable, Sendable {
        var column: String
        var layout: String

        enum CodingKeys: String, CodingKey, CaseIterable { case column, layout }
        init(from decoder: any Decoder) throws {
            let members = try StrictMembers(decoder, CodingKeys.self)
            column = try members.required(.column)
            layout = try members.required(.layout)
        }
    }

    /// The log type.
    var name: String
    /// One sentence: which programs write it.
    var about: String
    var reader: Reader
    /// Formats of a higher priority are tried first; equal ones by how specific their patterns are.
    var priority: Int
    var patterns: [String]
    /// The columns in the order of LogHub's structured files.
    var columns: [String]
    /// Which columns hold `host`, `component`, `pid`, `level`, `content` and `priority` (a syslog `<PRI>` number).
    var roles: [String: String]
    var timestamp: [TimestampPart]
    /// Severity numbers of levels that the shared table does not have or reads otherwise.
    var levels: [String: Int]
    /// Lists of words that patterns refer to as `@name`.
    var sets: [String: [String]]
    /// The columns of each comma-separated row that is of this format as well.
    var commaLayouts: [[String]]
    /// Words by column that tell this format's comma rows from those of a format with the same shape.
    var vocabulary: [String: [String]]
    /// For `json` and `logfmt`: the keys whose value each column takes, best first, whatever their case; a member of
    /// an object within is named `outer.inner`. The keys of `error` hold what the message is followed by.
    var keys: [String: [String]]
    var samples: [Sample]

    enum CodingKeys: String, CodingKey, CaseIterable {
        case name, about, reader, priority, patterns, columns, roles, timestamp, levels, sets, commaLayouts
        case vocabulary, keys, samples
    }

    init(from decoder: any Decoder) throws {
        let members = try StrictMembers(decoder, CodingKeys.self)
        name = try members.required(.name)
        about = try members.required(.about)
        reader = try members.optional(.reader) ?? .pattern
        priority = try members.optional(.priority) ?? 50
        patterns = try members.optional(.patterns) ?? []
        columns = try members.optional(.columns) ?? []
        roles = try members.optional(.roles) ?? [:]
        timestamp = try members.optional(.timestamp) ?? []
        levels = try members.optional(.levels) ?? [:]
        sets = try members.optional(.sets) ?? [:]
        commaLayouts = try members.optional(.commaLayouts) ?? []
        vocabulary = try members.optional(.vocabulary) ?? [:]
        keys = try members.optional(.keys) ?? [:]
        samples = try members.required(.samples)
    }

    /// The position of the column that holds the message: the one with the role, or else the one named `Content`.
    var contentColumn: Int? { columns.firstIndex(of: roles["content"] ?? "Content") }

    /// Reads a file's bytes.
    init(json: Data, file: String) throws(FormatError) {
        do {
            self = try JSONDecoder().decode(Self.self, from: json)
        } catch let error as DecodingError {
            throw .malformed(error, file: file)
        } catch {
            throw .malformed(file: file, place: "its begin", reason: "\(error)")
        }
    }
}

/// The members of one JSON object, of which only known ones may be there.
struct StrictMembers<Key: CodingKey & CaseIterable> {
    private let container: KeyedDecodingContainer<Key>

    init(_ decoder: any Decoder, _: Key.Type) throws {
        container = try decoder.container(keyedBy: Key.self)
        let all = try decoder.container(keyedBy: AnyMember.self).allKeys
        for member in all where Key(stringValue: member.stringValue) == nil {
            let known = Key.allCases.map(\.stringValue).joined(separator: ", ")
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath + [member],
                    debugDescription: "unknown member '\(member.stringValue)'; known are \(known)"))
        }
    }

    func required<Value: Decodable>(_ key: Key) throws -> Value { try container.decode(Value.self, forKey: key) }
    func optional<Value: Decodable>(_ key: Key) throws -> Value? {
        try container.decodeIfPresent(Value.self, forKey: key)
    }
}

private struct AnyMember: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension FormatError {
    fileprivate static func malformed(_ error: DecodingError, file: String) -> FormatError {
        let (context, reason): (DecodingError.Context, String) =
            switch error {
            case .keyNotFound(let key, let context): (context, "member '\(key.stringValue)' is missing")
            case .typeMismatch(let type, let context): (context, "expected \(type)")
            case .valueNotFound(let type, let context): (context, "null where \(type) is expected")
            case .dataCorrupted(let context):
                (
                    context,
                    (context.underlyingError as NSError?)?.userInfo["NSDebugDescription"] as? String
                        ?? context.debugDescription
                )
            @unknown default: (DecodingError.Context(codingPath: [], debugDescription: ""), "\(error)")
            }
        let place = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
        return .malformed(file: file, place: place.isEmpty ? "its begin" : place, reason: reason)
    }
}
