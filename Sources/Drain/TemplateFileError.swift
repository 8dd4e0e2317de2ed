/// Why a file of templates cannot be read.
public enum TemplateFileError: Error, Sendable, Hashable {
    /// The file is cut, damaged, or something else altogether.
    case notJSON(String)
    /// The file ends too early.
    case cut(byteCount: Int, expected: Int)
    /// The checksum does not fit the rest.
    case damaged
    case wrongFormat(expected: String)
    case wrongVersion(found: Double, expected: Int)
    case missing(String)
    /// A template lacks a member of the right kind.
    case malformedTemplate(index: Int, member: String)
    case notText(index: Int, found: String)
}

extension TemplateFileError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notJSON(let problem): "the template file is no JSON: \(problem); write or copy it anew"
        case .cut(let byteCount, let expected):
            "the template file was cut at byte \(byteCount) of \(expected); take an older one, or none"
        case .damaged: "the template file was changed: its checksum does not fit; take an older one, or none"
        case .wrongFormat(let expected): "the file is no template file: its member 'format' is not '\(expected)'"
        case .wrongVersion(let found, let expected):
            "the template file has version \(found), this program reads \(expected); write it anew with this program"
        case .missing(let member): "the template file has no member '\(member)' of the right kind; write it anew"
        case .malformedTemplate(let index, let member):
            "template \(index) of the file has no member '\(member)' of the right kind; take an older file, or none"
        case .notText(let index, let found): "template \(index) of the file is \(found) and not a string; write it anew"
        }
    }
}
