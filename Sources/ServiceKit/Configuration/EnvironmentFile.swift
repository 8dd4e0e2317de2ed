import FoundationEssentials

/// A file of environment variables, such as `.env`: `NAME=VALUE` in each line, `#` begins a comment, quotes around a
/// value do not belong to it.
enum EnvironmentFile {
    /// The file that is read where nobody names one.
    static let defaultPath = ".env"

    /// The variables of a file; none where `path` is nil and the default file is not there.
    static func read(path: String?) throws(ConfigurationError) -> [String: String] {
        guard let data = FileManager.default.contents(atPath: path ?? defaultPath) else {
            guard let path else { return [:] }
            throw ConfigurationError(problems: ["the file '\(path)' of --env-file does not exist or may not be read"])
        }
        return try variables(of: String(decoding: data, as: UTF8.self), path: path ?? defaultPath)
    }

    static func variables(of text: String, path: String) throws(ConfigurationError) -> [String: String] {
        var variables: [String: String] = [:]
        var problems: [String] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.trimming(while: \.isWhitespace)
            if line.isEmpty || line.hasPrefix("#") { continue }
            let assignment = line.hasPrefix("export ") ? line.dropFirst(7) : line[...]
            guard let equals = assignment.firstIndex(of: "="), equals != assignment.startIndex else {
                // Never the line itself: it may hold a secret.
                problems.append("line \(index + 1) of '\(path)' is no assignment, expected NAME=VALUE")
                continue
            }
            let name = assignment[..<equals].trimming(while: \.isWhitespace)
            variables[name] = value(assignment[assignment.index(after: equals)...].trimming(while: \.isWhitespace))
        }
        guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
        return variables
    }

    private static func value(_ text: String) -> String {
        if let quote = text.first, quote == "\"" || quote == "'",
            let end = text.dropFirst().firstIndex(of: quote)
        {
            return String(text[text.index(after: text.startIndex)..<end])
        }
        guard let comment = text.firstRange(of: " #") else { return text }
        return text[..<comment.lowerBound].trimming(while: \.isWhitespace)
    }
}
