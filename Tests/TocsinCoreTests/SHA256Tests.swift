import CSHA256
import Testing
import TocsinCore

@Suite struct SHA256Tests {
    /// The examples of FIPS 180-4 and of the Cryptographic Algorithm Validation Program.
    @Test(
        "digests equal the standard's examples",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                String(repeating: "a", count: 1_000_000),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
            ),
        ])
    func examples(text: String, digest: String) {
        #expect(SHA256.hexadecimalDigest(of: text.utf8) == digest)
    }

    @Test("the CPU's instructions give what arithmetic gives", arguments: [0, 1, 2, 65])
    func instructions(blocks: Int) {
        let bytes = (0..<blocks * 64).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 8) }
        var state = (1...8).map { UInt32($0) &* 0x9e37_79b9 }
        var portable = state
        tocsin_sha256_absorb(&state, bytes, blocks)
        tocsin_sha256_absorb_portable(&portable, bytes, blocks)
        #expect(state == portable)
    }
}
