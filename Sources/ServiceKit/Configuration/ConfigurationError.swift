/// All that is wrong with how a program was configured, so that one start shows everything there is to mend.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// One sentence for each wrong value: where it came from, what was found, what is expected.
    public let problems: [String]

    public init(problems: [String]) { self.problems = problems }

    public var description: String {
        problems.count == 1
            ? problems[0]
            : "\(problems.count) settings are wrong:" + problems.map { "\n  \($0)" }.joined()
    }
}
