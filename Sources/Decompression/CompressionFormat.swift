/// A way in which files are compressed, told from their first bytes.
public enum CompressionFormat: String, CaseIterable, Sendable {
    case gzip, zstd, xz

    /// The format whose magic number stands at the begin of `bytes`.
    public init?(magic bytes: some Collection<UInt8>) {
        guard
            let format = Self.allCases.first(where: { format in
                bytes.count >= format.magic.count && format.agrees(with: bytes)
            })
        else { return nil }
        self = format
    }

    /// True where `bytes` are too few to tell and may yet turn out to be compressed.
    public static func isUndecided(_ bytes: some Collection<UInt8>) -> Bool {
        allCases.contains { bytes.count < $0.magic.count && $0.agrees(with: bytes) }
    }

    private func agrees(with bytes: some Collection<UInt8>) -> Bool {
        let isFrame = zip(bytes, magic).allSatisfy(==)
        // A file of zstd may begin with a frame to be skipped, whose magic number has a free half byte.
        let isSkipped = zip(zip(bytes, Self.skippableMagic), [0xF0, 0xFF, 0xFF, 0xFF] as [UInt8])
            .allSatisfy { $0.0 & $1 == $0.1 }
        return isFrame || self == .zstd && isSkipped
    }

    private var magic: [UInt8] {
        switch self {
        case .gzip: [0x1F, 0x8B]
        case .zstd: [0x28, 0xB5, 0x2F, 0xFD]
        case .xz: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]
        }
    }

    private static let skippableMagic: [UInt8] = [0x50, 0x2A, 0x4D, 0x18]
}
