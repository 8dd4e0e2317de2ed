internal import COpenBLAS

/// The vector instructions that the CPU has and the operating system lets programs use.
public struct CPUFeatures: OptionSet, Sendable, Hashable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let avx2 = CPUFeatures(rawValue: UInt32(TOCSIN_CPU_AVX2))
    public static let fma = CPUFeatures(rawValue: UInt32(TOCSIN_CPU_FMA))
    /// F, DQ, BW, VL and CD, all five.
    public static let avx512 = CPUFeatures(rawValue: UInt32(TOCSIN_CPU_AVX512))
    public static let avx512BF16 = CPUFeatures(rawValue: UInt32(TOCSIN_CPU_AVX512_BF16))

    /// Those of the machine that the program runs on; empty on anything but x86-64.
    public static var current: CPUFeatures { CPUFeatures(rawValue: tocsin_cpu_features()) }
}
