/// Which of OpenBLAS's kernel sets runs, and whether it is the one that the CPU deserves.
///
/// OpenBLAS chooses its kernels by the CPU's model number when it is loaded, and takes its oldest ones, six to eight
/// times slower, for a model that it has never heard of. The vector instructions tell better than the number.
public enum OpenBLASCore: String, Sendable, Hashable, CaseIterable {
    // The value of `OPENBLAS_CORETYPE` that asks for the kernels.
    case haswell = "Haswell"
    case skylakeX = "SkylakeX"
    case cooperlake = "Cooperlake"

    /// The best kernels for a CPU with `features`, or nil where OpenBLAS has nothing better than its own choice.
    public static func best(for features: CPUFeatures) -> OpenBLASCore? {
        if features.contains([.avx512, .avx512BF16]) { return .cooperlake }
        if features.contains(.avx512) { return .skylakeX }
        if features.contains([.avx2, .fma]) { return .haswell }
        return nil
    }

    /// The kernels that must be asked for because the loaded ones are slower than the CPU allows; nil where they are
    /// as good.
    ///
    /// - Parameter loaded: the name that OpenBLAS gives its loaded kernels, in any case.
    public static func missed(loaded: String, features: CPUFeatures) -> OpenBLASCore? {
        guard let best = best(for: features), width(of: loaded) < best.width else { return nil }
        return best
    }

    /// Floats in one vector register.
    private var width: Int { Self.width(of: rawValue) }

    private static func width(of coreName: String) -> Int {
        switch coreName.lowercased() {
        case "skylakex", "cooperlake", "sapphirerapids": 16
        case "haswell", "zen": 8
        default: 4
        }
    }
}
