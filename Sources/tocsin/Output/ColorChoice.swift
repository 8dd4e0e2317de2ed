internal import ArgumentParser
internal import Foundation

/// Whether output is painted.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
    case auto, always, never

    var paints: Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto: StandardOutput.isTerminal && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
        }
    }
}
