public import MatrixMath

/// Whether the program may go on with the OpenBLAS kernels that were loaded.
public enum CoreChoice: Sendable, Hashable {
    /// The loaded kernels are as good as the CPU.
    case proceed
    /// The program should start anew with `OPENBLAS_CORETYPE` set to this core.
    case restart(OpenBLASCore)
    /// The variable already asks for the best core and OpenBLAS loaded a slower one all the same.
    case stuck(wanted: OpenBLASCore)

    /// - Parameters:
    ///   - loaded: the name that OpenBLAS gives its kernels.
    ///   - requested: the value of `OPENBLAS_CORETYPE`, if it is set.
    public init(loaded: String, features: CPUFeatures, requested: String?) {
        guard let missed = OpenBLASCore.missed(loaded: loaded, features: features) else {
            self = .proceed
            return
        }
        self = requested?.lowercased() == missed.rawValue.lowercased() ? .stuck(wanted: missed) : .restart(missed)
    }
}
