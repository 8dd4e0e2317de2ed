// swift-tools-version:6.2
import PackageDescription

// The parser's modules (the folders of Sources/, by links) compiled with libFuzzer and AddressSanitizer, apart from the
// normal build, whose products must not carry their instruments. `Tests/fuzz/run` builds and runs it.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

let package = Package(
    name: "tocsin-fuzz",
    platforms: [.macOS(.v15)],
    targets: [
        .target(name: "CSHA256"),
        library("TocsinCore", ["CSHA256"]),
        library("JSONText"),
        library("LogFormats", ["TocsinCore"], resources: [.copy("Formats")]),
        library("Drain", ["TocsinCore", "JSONText"]),
        library("LineFeatures", ["TocsinCore"]),
        library("LogParsing", ["TocsinCore", "LogFormats", "Drain", "LineFeatures"]),
        .executableTarget(
            name: "fuzz-parsing", dependencies: ["TocsinCore", "LogFormats", "Drain", "LogParsing"],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
