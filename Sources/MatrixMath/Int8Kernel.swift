internal import CVectorKernels

/// The instructions that multiply 8-bit matrices; all of them give the same integers.
public enum Int8Kernel: String, Sendable, Hashable, CaseIterable {
    case portable
    case avx2
    case avxVNNI = "avx-vnni"
    case avx512VNNI = "avx512-vnni"

    /// Whether this machine can run it.
    public var isSupported: Bool { tocsin_int8_can_run(code) != 0 }

    /// The fastest that this machine can run.
    public static let best = allCases.last { $0.isSupported } ?? .portable

    var code: tocsin_int8_kernel {
        switch self {
        case .portable: TOCSIN_INT8_PORTABLE
        case .avx2: TOCSIN_INT8_AVX2
        case .avxVNNI: TOCSIN_INT8_AVX_VNNI
        case .avx512VNNI: TOCSIN_INT8_AVX512_VNNI
        }
    }
}
