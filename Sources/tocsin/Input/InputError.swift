internal import Decompression
internal import Foundation

/// Why an input cannot be read, or not to its end.
enum InputError: Error, Equatable {
    case unreadable(name: String, errno: Int32)
    case folder(name: String)
    /// A pattern that fits no file.
    case noMatch(pattern: String)
    /// What cannot be followed, as it is no file.
    case endless(name: String)
    /// Compressed data that is damaged or cut off.
    case damaged(name: String, DecompressionError)
    /// No text: what it was found to be, and how its text may be had.
    case binary(name: String, BinaryContent)
}

extension InputError {
    /// Says on standard error what became of one of several inputs.
    func report() { FileHandle.standardError.write(Data("Error: \(self)\n".utf8)) }
}

extension InputError: CustomStringConvertible {
    var description: String {
        switch self {
        case .unreadable(let name, let code): "cannot read \(name): \(String(cString: strerror(code)))"
        case .folder(let name): "cannot read \(name): it is a folder; name the files in it"
        case .noMatch(let pattern): "no file fits '\(pattern)'; check the pattern"
        case .endless(let name):
            "\(name) is no file, expected one to --follow; what a pipe brings is read until its writer ends"
        case .damaged(let name, let error): "\(name): \(error); what came before was read"
        case .binary(let name, let content):
            "\(name) is \(content.kind), expected log lines, plain or compressed by gzip, zstd or xz; "
                + (content.hint.map { "\($0), or " } ?? "") + "use --text to read it as lines all the same"
        }
    }
}
