import Testing

@testable import MatrixMath

@Suite("OpenBLAS's kernels")
struct OpenBLASCoreTests {
    static let avx512: CPUFeatures = [.avx2, .fma, .avx512]

    @Test(
        "slow kernels are found out, good ones left alone",
        arguments: [
            ("Prescott", [], nil),
            ("Prescott", [.avx2], nil),
            ("Prescott", [.avx2, .fma], .haswell),
            ("Nehalem", [.avx2, .fma], .haswell),
            ("SandyBridge", [.avx2, .fma], .haswell),
            ("Haswell", [.avx2, .fma], nil),
            ("haswell", [.avx2, .fma], nil),
            ("Zen", [.avx2, .fma], nil),
            ("Prescott", avx512, .skylakeX),
            ("Haswell", avx512, .skylakeX),
            ("SkylakeX", avx512, nil),
            ("Prescott", avx512.union(.avx512BF16), .cooperlake),
            ("SkylakeX", avx512.union(.avx512BF16), nil),
            ("Cooperlake", avx512.union(.avx512BF16), nil),
            ("something newer than this program", [.avx2, .fma], .haswell),
        ] as [(String, CPUFeatures, OpenBLASCore?)])
    func missed(loaded: String, features: CPUFeatures, expected: OpenBLASCore?) {
        #expect(OpenBLASCore.missed(loaded: loaded, features: features) == expected)
    }

    @Test("the loaded library names its kernels")
    func coreName() {
        #expect(OpenBLAS.coreName != "unknown")
    }
}
