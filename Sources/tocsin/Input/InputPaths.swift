internal import Glibc

/// The paths that a command is given, patterns that no shell has expanded among them.
enum InputPaths {
    /// - Throws: `InputError` for a pattern that no file has.
    static func expand(_ path: String) throws(InputError) -> [String] {
        guard path != "-", path.contains(where: { "*?[".contains($0) }), access(path, F_OK) != 0 else { return [path] }
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(path, 0, nil, &found) == 0 else { throw .noMatch(pattern: path) }
        return (0..<Int(found.gl_pathc)).compactMap { index in
            found.gl_pathv[index].map { String(cString: $0) }
        }
    }
}
