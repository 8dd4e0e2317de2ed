internal import Decompression

/// An input's text: unpacked where it is compressed, in UTF-8 where it is UTF-16, refused where it is no text at all.
struct TextSource {
    /// The most bytes that one piece is unpacked to.
    private static let pieceBytes = 1 << 20

    let file: InputFile
    /// True where the user says that it is text, whatever it looks like.
    private let acceptsBinary: Bool
    private var decompressor: Decompressor?
    /// Bytes that were read and not taken yet.
    private var unread: ArraySlice<UInt8> = []
    private var isFileAtEnd = false
    private var isFormatKnown = false
    /// The begin of the text, while it is too short to tell its encoding; nil from then on.
    private var head: [UInt8]? = []
    private var transcoder: UTF16Transcoder?
    private var isAtEnd = false

    init(_ file: InputFile, acceptsBinary: Bool) {
        self.file = file
        self.acceptsBinary = acceptsBinary
    }

    /// The text that comes next.
    ///
    /// - Parameter patience: how long to wait for anything at all; nil for as long as it takes.
    mutating func next(waiting patience: Duration?) throws(InputError) -> InputFile.Piece {
        while !isAtEnd {
            switch try nextUnpacked(waiting: patience) {
            case .nothingYet: return .nothingYet
            case .end:
                isAtEnd = true
                var rest = try begin([], isLast: true)
                rest += transcoder?.finish() ?? []
                if !rest.isEmpty { return .bytes(rest) }
            case .bytes(let bytes):
                let text = head == nil ? transcoded(bytes) : try begin(bytes, isLast: false)
                if !text.isEmpty { return .bytes(text) }
            }
        }
        return .end
    }

    /// Looks at the begin of the text, and gives what came of it when it is long enough to tell what it is.
    private mutating func begin(_ bytes: [UInt8], isLast: Bool) throws(InputError) -> [UInt8] {
        guard let before = head else { return [] }
        let head = before + bytes
        if !isLast, TextEncoding.isUndecided(head) {
            self.head = head
            return []
        }
        self.head = nil
        let (encoding, markLength) = TextEncoding.detect(head)
        switch encoding {
        case .utf16(let isBigEndian): transcoder = UTF16Transcoder(isBigEndian: isBigEndian)
        case .bytes:
            if !acceptsBinary, let content = BinaryContent(head: head) {
                isAtEnd = true
                throw .binary(name: file.name, content)
            }
        }
        return transcoded(Array(head.dropFirst(markLength)))
    }

    private mutating func transcoded(_ bytes: [UInt8]) -> [UInt8] { transcoder?.transcode(bytes) ?? bytes }

    private mutating func nextUnpacked(waiting patience: Duration?) throws(InputError) -> InputFile.Piece {
        while true {
            if isFormatKnown, decompressor != nil {
                let bytes = try unpack()
                if !bytes.isEmpty { return .bytes(bytes) }
                if isFileAtEnd { return .end }
            } else if isFormatKnown, !unread.isEmpty {
                defer { unread = [] }
                return .bytes(Array(unread))
            } else if isFileAtEnd {
                return .end
            }
            switch try file.read(waiting: patience) {
            case .nothingYet: return .nothingYet
            case .end: isFileAtEnd = true
            case .bytes(let bytes): unread = unread.isEmpty ? bytes[...] : unread + bytes
            }
            if !isFormatKnown, isFileAtEnd || !CompressionFormat.isUndecided(unread) {
                isFormatKnown = true
                decompressor = CompressionFormat(magic: unread).map(Decompressor.init)
            }
        }
    }

    private mutating func unpack() throws(InputError) -> [UInt8] {
        do {
            return try decompressor?.decompress(&unread, isLast: isFileAtEnd, limit: Self.pieceBytes) ?? []
        } catch {
            throw .damaged(name: file.name, error)
        }
    }
}
