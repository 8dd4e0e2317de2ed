import Foundation

/// The server of one variant as a process of its own.
final class ServerProcess {
    private let process = Process()

    init(_ variant: Variant, port: Int, certificates: Certificates) throws {
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["serve", certificates.directory, variant.rawValue, "\(port)"]
        try process.run()
    }

    /// Stops the server and waits for its end.
    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    /// CPU time used so far by this process and the server, in seconds, to 0.01 s.
    func cpuSeconds() throws -> Double {
        try Self.cpuSeconds("/proc/self/stat") + Self.cpuSeconds("/proc/\(process.processIdentifier)/stat")
    }

    private static func cpuSeconds(_ path: String) throws -> Double {
        let line = try String(contentsOfFile: path, encoding: .utf8)
        // The name, in brackets, may hold blanks; user and system time are the 12th and 13th field behind it.
        let fields = line[line.lastIndex(of: ")")!...].split(separator: " ")
        return (Double(fields[12])! + Double(fields[13])!) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
