internal import COpenBLAS

/// The matrix library that is loaded into this program.
public enum OpenBLAS {
    /// The name of the kernels in use, such as `Haswell`; chosen when the library was loaded.
    public static var coreName: String {
        guard let name = openblas_get_corename() else { return "unknown" }
        return String(cString: name)
    }

    /// Threads that one product may use.
    ///
    /// Setting it concerns the whole process. Tocsin computes with 1 and gives each core a batch of its own: the
    /// threads inside one product wait for each other at its end, and there are forty products in a forward pass.
    public static var threadsPerProduct: Int {
        get { Int(openblas_get_num_threads()) }
        set {
            precondition(newValue >= 1, "a product needs at least one thread, not \(newValue)")
            openblas_set_num_threads(Int32(newValue))
        }
    }

    /// The cores that the library sees.
    public static var processorCount: Int { Int(openblas_get_num_procs()) }
}
