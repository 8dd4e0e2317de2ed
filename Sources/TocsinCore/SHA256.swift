internal import CSHA256

/// The SHA-256 digest (FIPS 180-4), which names artifacts: weights, models, template trees.
///
/// Domain modules may not touch OpenSSL; the CPU's own instructions are as fast.
public struct SHA256: Sendable {
    // The first 32 bits of the fractional parts of the square roots of the first eight primes.
    private var state: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]

    /// The digest of `bytes` as 64 hexadecimal digits.
    public static func hexadecimalDigest(of bytes: UnsafeRawBufferPointer) -> String {
        var hash = SHA256()
        return hash.finish(bytes)
    }

    /// The digest of `bytes` as 64 hexadecimal digits.
    public static func hexadecimalDigest(of bytes: some Sequence<UInt8>) -> String {
        Array(bytes).withUnsafeBytes { hexadecimalDigest(of: $0) }
    }

    private mutating func finish(_ bytes: UnsafeRawBufferPointer) -> String {
        absorb(bytes)

        // The rest, a one bit, zeros, and the length in bits fill the last block or two.
        var tail = Array(bytes[(bytes.count / 64 * 64)...])
        tail.append(0x80)
        while tail.count % 64 != 56 { tail.append(0) }
        withUnsafeBytes(of: UInt64(bytes.count * 8).bigEndian) { tail.append(contentsOf: $0) }
        tail.withUnsafeBytes { absorb($0) }

        return state.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }

    /// Absorbs the whole blocks of `bytes`.
    private mutating func absorb(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
        tocsin_sha256_absorb(&state, base, bytes.count / 64)
    }
}
