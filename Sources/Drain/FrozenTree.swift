internal import JSONText
internal import TocsinCore

/// An immutable set of templates: what a model artifact ships, so that a line's template never depends on other lines.
///
/// Matching is a pure function of the message. The file of a tree is JSON of a stated version with the templates in
/// ascending order, the same bytes for the same templates; its SHA-256 is the tree's identity.
public struct FrozenTree: Sendable {
    /// SHA-256 of `encoded()`, in hexadecimal.
    public let sha256: String
    /// The typed texts of the templates, ascending by their bytes.
    public let typedTexts: [String]
    private let patterns: [TemplatePattern]
    private let texts: [String]
    private let index: LeafIndex
    /// The patterns by the hash of their bytes: most messages' masked forms are a pattern as they stand.
    private let slotsByForm: [UInt64: Int32]

    static let format = "tocsin-templates"
    static let version = 1

    /// The templates of a live tree as they are now.
    public init(_ tree: DrainTree) { self.init(typedTexts: tree.typedTexts) }

    /// The templates that are written so, in any order.
    public init(typedTexts: some Sequence<String>) {
        // By bytes: to a string, two spellings of one character would be the same.
        self.typedTexts = Set(typedTexts.map { Array($0.utf8) }).sorted { $0.lexicographicallyPrecedes($1) }
            .map { String(decoding: $0, as: UTF8.self) }
        patterns = self.typedTexts.map { TemplatePattern(typedText: $0) }
        texts = patterns.map(\.text)
        var index = LeafIndex()
        var slotsByForm: [UInt64: Int32] = [:]
        for (slot, pattern) in patterns.enumerated() {
            _ = index.insert(Int32(slot), pattern)
            slotsByForm[pattern.bytes.withUnsafeBytes { ByteHash.of($0) }] = Int32(slot)
        }
        self.index = index
        self.slotsByForm = slotsByForm
        sha256 = SHA256.hexadecimalDigest(of: Self.encode(self.typedTexts))
    }

    /// Reads the file of a tree.
    public init(decoding file: [UInt8]) throws(TemplateFileError) {
        let document: JSONValue
        do { document = try JSONValue(parsing: file) } catch { throw .notJSON(error.description) }
        guard case .string(let format)? = document["format"], format.elementsEqual(Self.format.utf8) else {
            throw .wrongFormat(expected: Self.format)
        }
        guard case .number(let version)? = document["version"] else { throw .missing("version") }
        guard version == Double(Self.version) else { throw .wrongVersion(found: version, expected: Self.version) }
        guard case .array(let elements)? = document["templates"] else { throw .missing("templates") }
        var typedTexts: [String] = []
        for (index, element) in elements.enumerated() {
            guard case .string(let text) = element else { throw .notText(index: index, found: element.kind) }
            typedTexts.append(String(decoding: text, as: UTF8.self))
        }
        self.init(typedTexts: typedTexts)
    }

    /// The file of this tree.
    public func encoded() -> [UInt8] { Self.encode(typedTexts) }

    /// The number of templates.
    public var count: Int { patterns.count }

    /// The text, with `<*>` for its variable parts, of the template that matches; the one with fewest wildcards and
    /// most constant text of several, nil where none does.
    public func match(_ content: String) -> String? { match(MaskedMessage(content)) }

    /// The text of the template that matches a message that was masked already.
    public func match(_ message: borrowing MaskedMessage) -> String? {
        if let slot = slotsByForm[message.hash], message.withForm({ patterns[Int(slot)].bytes.elementsEqual($0) }) {
            return texts[Int(slot)]
        }
        var words: [PatternWord] = []
        message.withForm { PatternWord.cut($0, into: &words) }
        var matcher = PatternMatcher()
        var best: Int32?
        index.forEachCandidate(words) { slot in
            guard slot != best, matcher.matches(patterns[Int(slot)], message, words) else { return }
            if let current = best, !patterns[Int(slot)].isNarrower(than: patterns[Int(current)]) { return }
            best = slot
        }
        return best.map { texts[Int($0)] }
    }

    private static func encode(_ typedTexts: [String]) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("format")
            writer.string(format)
            writer.key("version")
            writer.integer(version)
            writer.key("templates")
            writer.array { writer in for text in typedTexts { writer.string(text) } }
        }
        writer.newline()
        return writer.bytes
    }
}
