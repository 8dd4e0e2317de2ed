internal import CSHA256

/// The SHA-256 digest (FIPS 180-4), which names artifacts: weights, models, template trees.
///
/// Domain modules may not touch OpenSSL; the CPU's own instructions are as fast.
public struct SHA256: Sendable {
    // The first 32 bits of the fractional parts of the square roots of the first eight primes.
    private var state: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]

    /// The digest of `bytes` as 64 hexadecimal digits, or the first `digitCount` of them.
    public static func hexadecimalDigest(of bytes: UnsafeRawBufferPointer, digitCount: Int = 64) -> String {
        var hash = SHA256()
        hash.finish(bytes)
        return String(unsafeUninitializedCapacity: digitCount) { digits in
            for place in 0..<digitCount {
                let digit = UInt8(hash.state[place / 8] >> UInt32(28 - place % 8 * 4) & 15)
                digits[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
            }
            return digitCount
        }
    }

    /// The digest of `bytes` as 64 hexadecimal digits, or the first `digitCount` of them.
    public static func hexadecimalDigest(of bytes: some Sequence<UInt8>, digitCount: Int = 64) -> String {
        let digest = { (bytes: UnsafeBufferPointer<UInt8>) in
            hexadecimalDigest(of: UnsafeRawBufferPointer(bytes), digitCount: digitCount)
        }
        return bytes.withContiguousStorageIfAvailable(digest) ?? Array(bytes).withUnsafeBufferPointer(digest)
    }

    private mutating func finish(_ bytes: UnsafeRawBufferPointer) {
        absorb(bytes)

        // The rest, a one bit, zeros, and the length in bits fill the last block or two.
        var tail = Array(bytes[(bytes.count / 64 * 64)...])
        tail.append(0x80)
        while tail.count % 64 != 56 { tail.append(0) }
        withUnsafeBytes(of: UInt64(bytes.count * 8).bigEndian) { tail.append(contentsOf: $0) }
        tail.withUnsafeBytes { absorb($0) }
    }

    /// Absorbs the whole blocks of `bytes`.
    private mutating func absorb(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
        tocsin_sha256_absorb(&state, base, bytes.count / 64)
    }
}
