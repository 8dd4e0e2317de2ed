internal import MatrixMath

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// What a program that multiplies matrices does before anything else.
public enum ProgramStart {
    /// Makes sure that OpenBLAS runs the kernels that the CPU deserves, at the price of starting the program anew.
    ///
    /// OpenBLAS picks its kernels when it is loaded and may pick ones that are six to eight times too slow;
    /// `OPENBLAS_CORETYPE` must be in the environment by then. So where the choice was wrong this sets the variable and
    /// replaces the process by a new run of the same program with the same arguments: call it first in `main`, before
    /// any thread, file or socket. It also leaves one thread to a product, since batches run on cores of their own.
    ///
    /// - Parameter report: is handed one line for people where the choice was wrong.
    /// - Returns: the name of the kernels in use.
    @discardableResult
    public static func chooseOpenBLASCore(report: (String) -> Void) -> String {
        let loaded = OpenBLAS.coreName
        let requested = getenv("OPENBLAS_CORETYPE").map { String(cString: $0) }
        switch CoreChoice(loaded: loaded, features: .current, requested: requested) {
        case .proceed: break
        case .restart(let core):
            report("OpenBLAS chose its \(loaded) kernels; starting anew with OPENBLAS_CORETYPE=\(core.rawValue)")
            setenv("OPENBLAS_CORETYPE", core.rawValue, 1)
            fflush(nil)  // what is buffered would be lost with this process
            let reason = replaceProcess()
            report("cannot start anew: \(reason); going on with OpenBLAS's \(loaded) kernels, which are slow here")
        case .stuck(let core):
            report(
                "OpenBLAS runs its \(loaded) kernels although OPENBLAS_CORETYPE=\(core.rawValue); matrix products will "
                    + "be slow: install a newer libopenblas")
        }
        OpenBLAS.threadsPerProduct = 1
        keepBuffersAtExit()
        return loaded
    }

    /// Has the process end without the libraries' own cleaning up: a pass whose caller has gone may still be multiplying,
    /// and OpenBLAS would take its buffers away.
    private static func keepBuffersAtExit() {
        #if canImport(Glibc)
            on_exit(
                { status, _ in
                    fflush(nil)
                    _exit(status)
                }, nil)
        #endif
    }

    /// Returns only where it fails, with the reason.
    private static func replaceProcess() -> String {
        // The program's own path, for /proc/self/exe would become the process's name.
        let capacity = Int(PATH_MAX)
        let path = [CChar](unsafeUninitializedCapacity: capacity + 1) { buffer, count in
            let length = buffer.baseAddress.map { max(0, readlink("/proc/self/exe", $0, capacity)) } ?? 0
            buffer[length] = 0
            count = length + 1
        }
        execv(path, CommandLine.unsafeArgv)
        return String(cString: strerror(errno))
    }
}
