import Decompression
import TestCompression
import Testing

@Suite struct DecompressorTests {
    static let text = Array(
        (0..<20_000).map { "Feb  3 07:15:22 gate sshd[\($0)]: session \($0 &* 7919) opened\n" }.joined().utf8)

    static func compress(_ bytes: [UInt8], _ format: CompressionFormat) -> [UInt8] {
        switch format {
        case .gzip: Compressed.gzip(bytes)
        case .zstd: Compressed.zstd(bytes)
        case .xz: Compressed.xz(bytes)
        }
    }

    /// All that can be read, given in pieces, and the error at the end if there is one.
    static func read(
        _ bytes: [UInt8], _ format: CompressionFormat, pieces: Int = 1000, limit: Int = 4096
    ) -> (output: [UInt8], error: DecompressionError?) {
        var decompressor = Decompressor(format)
        var output: [UInt8] = []
        var rest = bytes[...]
        while true {
            var piece = rest.prefix(pieces)
            rest = rest.dropFirst(pieces)
            let isLast = piece.isEmpty
            while true {
                do {
                    let part = try decompressor.decompress(&piece, isLast: isLast, limit: limit)
                    #expect(part.count <= limit)
                    if part.isEmpty { break }
                    output += part
                } catch {
                    #expect(throws: error) { try decompressor.decompress(&piece, isLast: isLast, limit: limit) }
                    return (output, error)
                }
            }
            if isLast { return (output, nil) }
        }
    }

    @Test(
        "what was compressed is read, whatever the pieces", arguments: CompressionFormat.allCases,
        [1, 7, 1000, 1 << 20])
    func roundTrip(format: CompressionFormat, pieces: Int) {
        let text = Array(Self.text.prefix(pieces == 1 ? 20_000 : .max))
        let compressed = Self.compress(text, format)
        #expect(CompressionFormat(magic: compressed) == format)
        let (output, error) = Self.read(compressed, format, pieces: pieces)
        #expect(output == text)
        #expect(error == nil)
    }

    @Test("members follow each other, an empty one among them", arguments: CompressionFormat.allCases)
    func members(format: CompressionFormat) {
        let parts = [Self.text, [], Array("end".utf8)]
        let (output, error) = Self.read(parts.flatMap { Self.compress($0, format) }, format)
        #expect(output == parts.flatMap(\.self))
        #expect(error == nil)
    }

    @Test("of data that is cut off, the readable part comes before the error", arguments: CompressionFormat.allCases)
    func truncated(format: CompressionFormat) {
        let compressed = Self.compress(Self.text, format)
        let member = Self.compress(Array("whole\n".utf8), format)
        let (output, error) = Self.read(member + compressed.prefix(compressed.count / 2), format)
        #expect(output.starts(with: Array("whole\n".utf8)))
        #expect(Self.text.starts(with: output.dropFirst(6)))
        #expect(error == .truncated(format, offset: member.count + compressed.count / 2))
    }

    @Test("every cut of a short input is an error that names its end", arguments: CompressionFormat.allCases)
    func everyCut(format: CompressionFormat) {
        let compressed = Self.compress(Array("a line\n".utf8), format)
        for end in 1..<compressed.count {
            #expect(Self.read(Array(compressed[..<end]), format).error == .truncated(format, offset: end))
        }
    }

    @Test("damage is an error that names its place, and never a crash", arguments: CompressionFormat.allCases)
    func corrupt(format: CompressionFormat) {
        let compressed = Self.compress(Self.text, format)
        for place in stride(from: 12, to: compressed.count, by: compressed.count / 40) {
            var damaged = compressed
            damaged[place] ^= 0x55
            damaged[place - 1] ^= 0xAA
            let error = Self.read(damaged, format).error
            // A frame of zstd need not have a checksum.
            #expect(error != nil || format == .zstd)
            if case .corrupt(_, let offset, let reason)? = error {
                #expect(offset <= compressed.count)
                #expect(!reason.isEmpty)
            }
        }
        let (output, error) = Self.read(compressed + Array("and then text".utf8), format)
        #expect(output == Self.text)
        guard case .corrupt(_, let offset, _)? = error else {
            Issue.record("found \(String(describing: error))")
            return
        }
        #expect((compressed.count...compressed.count + 12).contains(offset))
    }

    @Test("zeros after a gzip file's last member are padding")
    func padding() {
        let (output, error) = Self.read(Compressed.gzip(Self.text) + [UInt8](repeating: 0, count: 5000), .gzip)
        #expect(output == Self.text)
        #expect(error == nil)
    }

    @Test("a bomb is read piece by piece", arguments: CompressionFormat.allCases)
    func bomb(format: CompressionFormat) throws {
        // 1 MiB of one byte each, 64 times: no call gives more than was asked for.
        let member = Self.compress([UInt8](repeating: 0x78, count: 1 << 20), format)
        var decompressor = Decompressor(format)
        var input = Array(repeatElement(member, count: 64).joined())[...]
        var total = 0
        while true {
            let part = try decompressor.decompress(&input, isLast: true, limit: 65_536)
            #expect(part.count <= 65_536)
            if part.isEmpty { break }
            total += part.count
        }
        #expect(total == 64 << 20)
    }

    @Test("text is not taken for compressed data, and a first byte or two may leave it open")
    func magic() {
        #expect(CompressionFormat(magic: Array("Feb  3".utf8)) == nil)
        #expect(!CompressionFormat.isUndecided(Array("Feb".utf8)))
        #expect(CompressionFormat.isUndecided([]))
        #expect(CompressionFormat.isUndecided([0x1F]))
        #expect(CompressionFormat.isUndecided([0xFD, 0x37, 0x7A]))
        #expect(!CompressionFormat.isUndecided([0x1F, 0x8C]))
        #expect(CompressionFormat(magic: [0x5A, 0x2A, 0x4D, 0x18]) == .zstd)
    }
}
