/// What an input is that is not text.
struct BinaryContent: Hashable {
    /// With its article: `an ELF program`.
    var kind: String
    /// How its text can be had; nil where nothing better is known than not to read it.
    var hint: String?

    /// How many bytes at the begin of an input are looked at.
    static let headLength = 8192

    /// Recognises known kinds of files by their magic numbers, and anything else by its control characters: text has
    /// hardly any beside white space, colours and a few NULs.
    init?(head: some Collection<UInt8>) {
        let head = Array(head.prefix(Self.headLength))
        if let known = Self.known.first(where: { head.dropFirst($0.offset).starts(with: $0.magic) }) {
            self = known.content
            return
        }
        let controls = head.count { $0 < 0x20 && !(0x07...0x0D).contains($0) && $0 != 0x1B || $0 == 0x7F }
        guard controls > 32, controls * 20 > head.count else { return nil }
        self.init(kind: "binary data")
    }

    private init(kind: String, hint: String? = nil) {
        self.kind = kind
        self.hint = hint
    }

    private struct Known {
        var magic: [UInt8]
        var offset = 0
        var content: BinaryContent

        init(_ magic: [UInt8], at offset: Int = 0, _ kind: String, _ hint: String? = nil) {
            self.magic = magic
            self.offset = offset
            content = BinaryContent(kind: kind, hint: hint)
        }
    }

    private static let known = [
        Known([0x7F] + "ELF".utf8, "an ELF program"),
        Known([0x89] + "PNG".utf8, "a PNG image"),
        Known([0xFF, 0xD8, 0xFF], "a JPEG image"),
        Known(Array("%PDF-".utf8), "a PDF document"),
        Known(Array("PK".utf8) + [3, 4], "a ZIP archive", "pipe 'unzip -p' into it"),
        Known(Array("BZh".utf8), "bzip2 data", "pipe bzcat into it"),
        Known(Array("7z".utf8) + [0xBC, 0xAF, 0x27, 0x1C], "a 7z archive", "pipe '7z e -so' into it"),
        Known([0x04, 0x22, 0x4D, 0x18], "LZ4 data", "pipe lz4cat into it"),
        Known(Array("ustar".utf8), at: 257, "a tar archive", "pipe 'tar -xO' into it"),
        Known(Array("SQLite format 3\0".utf8), "an SQLite database"),
        Known(Array("LPKSHHRH".utf8), "a systemd journal", "pipe 'journalctl --file' into it"),
        Known(Array("ElfFile\0".utf8), "a Windows event log"),
        Known([0xD4, 0xC3, 0xB2, 0xA1], "a packet capture"),
        Known([0x0A, 0x0D, 0x0D, 0x0A], "a packet capture"),
        Known([0xFF, 0xFE, 0x00, 0x00], "UTF-32 text", "pipe 'iconv -f UTF-32 -t UTF-8' into it"),
        Known([0x00, 0x00, 0xFE, 0xFF], "UTF-32 text", "pipe 'iconv -f UTF-32 -t UTF-8' into it"),
    ]
}
