import Foundation
import GRPCCore

// Compares gRPC over Tocsin's TLS handler with gRPC over NIOSSL and without TLS: `run` beside this file starts it.
// Servers run as processes of their own; each round measures every variant, one after the other.

/// What one run of one variant gave.
struct Sample {
    var rate: Double
    /// CPU time of both processes for one unit of work: says more than the rate on a machine that others use too.
    var cpuMicroseconds: Double
    /// The milliseconds in which the fastest tenth of the calls was done: nearly what an idle machine would give.
    var fastDecile: Double
}

enum Mode: String, CaseIterable {
    case bulk
    case small

    var unit: String {
        self == .bulk ? "MB/s each way, 3 MiB messages, one call at a time" : "calls/s, 190 bytes, 64 calls at a time"
    }
    var cpuUnit: String { self == .bulk ? "CPU us/MB" : "CPU us/call" }
}

func measure(_ variant: Variant, _ mode: Mode, seconds: Double, port: Int, certificates: Certificates) async throws
    -> Sample
{
    let server = try ServerProcess(variant, port: port, certificates: certificates)
    defer { server.stop() }
    try await Task.sleep(for: .milliseconds(400))
    return try await withGRPCClient(transport: variant.client(port: port, certificates: certificates)) { client in
        let message = [UInt8](repeating: 0x5a, count: mode == .bulk ? 3 << 20 : 190)
        for _ in 0..<(mode == .bulk ? 10 : 2000) { _ = try await client.echo(message) }
        let clock = ContinuousClock()
        let cpu = try server.cpuSeconds()
        let start = clock.now
        let end = start + .seconds(seconds)
        let durations = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for _ in 0..<(mode == .bulk ? 1 : 64) {
                group.addTask {
                    var durations: [Duration] = []
                    while clock.now < end {
                        let begin = clock.now
                        guard try await client.echo(message).count == message.count else {
                            throw RPCError(code: .dataLoss, message: "cut")
                        }
                        durations.append(clock.now - begin)
                    }
                    return durations
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let elapsed = (clock.now - start) / .seconds(1)
        let unitsPerCall = mode == .bulk ? Double(message.count) / 1e6 : 1
        let units = Double(durations.count) * unitsPerCall
        return Sample(
            rate: units / elapsed, cpuMicroseconds: (try server.cpuSeconds() - cpu) * 1e6 / units,
            fastDecile: durations.sorted()[durations.count / 10] / .milliseconds(1))
    }
}

func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
}

func compare(certificates: Certificates, rounds: Int, seconds: Double, modes: [Mode], variants: [Variant]) async throws
{
    for mode in modes {
        var samples: [Variant: [Sample]] = [:]
        for round in 0..<rounds {
            // Another order each round, so that nobody always follows the same neighbour.
            for index in variants.indices {
                let variant = variants[(index + round) % variants.count]
                let sample = try await measure(
                    variant, mode, seconds: seconds, port: 27_100 + index, certificates: certificates)
                samples[variant, default: []].append(sample)
            }
        }
        print("\(mode.rawValue): \(mode.unit); median of \(rounds)")
        for variant in variants {
            let rates = compared(samples, variant, by: \.rate, format: "%8.0f")
            let cpu = compared(samples, variant, by: \.cpuMicroseconds, format: "%8.0f")
            let name = variant.rawValue.padding(toLength: 10, withPad: " ", startingAt: 0)
            let fast = compared(samples, variant, by: \.fastDecile, format: "%6.2f")
            print("  \(name) \(rates)   \(cpu) \(mode.cpuUnit)   fastest tenth in ms \(fast)")
        }
    }
}

/// The median of a variant and, in brackets, its ratio to NIOSSL's.
func compared(
    _ samples: [Variant: [Sample]], _ variant: Variant, by value: (Sample) -> Double, format: String
) -> String {
    let own = median(samples[variant, default: []].map(value))
    let base = median(samples[.niossl, default: []].map(value))
    return String(format: "\(format) (%.2f of niossl)", own, own / base)
}

let arguments = CommandLine.arguments
switch arguments.dropFirst().first {
case "serve":
    try await Variant(rawValue: arguments[3])!.serve(
        port: Int(arguments[4])!, certificates: Certificates(directory: arguments[2]))
case "compare":
    try await compare(
        certificates: Certificates(directory: arguments[2]), rounds: Int(arguments[3])!, seconds: Double(arguments[4])!,
        modes: arguments.count > 5 ? [Mode(rawValue: arguments[5])!] : Mode.allCases,
        variants: arguments.count > 6
            ? arguments[6].split(separator: ",").map { Variant(rawValue: String($0))! } : Variant.allCases)
default:
    print("usage: tls-bench compare CERTIFICATES ROUNDS SECONDS [bulk|small [VARIANT,VARIANT]]")
    exit(2)
}
