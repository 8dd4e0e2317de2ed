public import ArgumentParser
public import Classification
public import EdgeClient
public import LogFormats
public import TocsinCore
public import TreeEnsemble

// How values of other modules are spelled on the command line.

extension AnomalyClass: ExpressibleByArgument {
    public init?(argument: String) { self.init(name: argument) }

    public static var allValueStrings: [String] { allCases.map(\.name) }

    public var defaultValueDescription: String { name }
}

extension ModelName: ExpressibleByArgument {}

extension UTCOffset: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }

    public var defaultValueDescription: String { "Z" }
}

extension TreeParameters.Algorithm: ExpressibleByArgument {}

extension EncoderVariant: ExpressibleByArgument {}

extension EncoderPrecision: ExpressibleByArgument {}

extension EdgeAddress: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
