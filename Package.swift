// swift-tools-version:6.2
import PackageDescription

/// Every Swift target of the project is compiled with these settings, and no other.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle: [Target.Dependency] = ["ServiceLifecycle", "UnixSignals"].map {
    .product(name: $0, package: "swift-service-lifecycle")
}
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nio: [Target.Dependency] = ["NIOCore", "NIOPosix", "NIOTLS"].map { .product(name: $0, package: "swift-nio") }
let grpc: [Target.Dependency] = [
    .product(name: "GRPCCore", package: "grpc-swift-2"),
    .product(name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport"),
]

/// What the program of every back tier is made of.
let tier: [Target.Dependency] =
    ["TocsinCore", "Pipeline", "LocalTiers", "WireMessages", "ServiceKit", logging] + grpc

func library(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}
func program(
    _ name: String, _ path: String, _ dependencies: [Target.Dependency], exclude: [String] = [],
    resources: [Resource]? = nil
) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies + [argumentParser], path: path, exclude: exclude, resources: resources,
        swiftSettings: strict)
}
/// - Parameter exclude: what lies beside the tests and is no source: recorded references and what makes them.
func tests(_ module: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(module)Tests", dependencies: [.byName(name: module)] + dependencies, exclude: exclude,
        swiftSettings: strict)
}

let package = Package(
    name: "tocsin",
    platforms: [.macOS(.v15)],
    products: [
        // What other services judge their lines with.
        .library(name: "TocsinClient", targets: ["TocsinClient", "TocsinCore", "WireMessages"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/grpc/grpc-swift-2", exact: "2.4.3"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport", exact: "2.9.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // The C libraries, each behind one Swift owner.
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CProtobufC", pkgConfig: "libprotobuf-c", providers: [.apt(["libprotobuf-c-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CXGBoost", providers: [.apt(["libxgboost-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CLZMA", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev"])]),
        .target(name: "CTocsinProto", dependencies: ["CProtobufC"]),

        // Domain: values and engines. No wire, socket, environment or clock.
        .target(name: "CSHA256"),
        library("TocsinCore", ["CSHA256"]),
        library("LogFormats", ["TocsinCore"], resources: [.copy("Formats")]),
        library("Drain", ["TocsinCore", "JSONText"]),
        library("LineFeatures", ["TocsinCore"]),
        library("LogParsing", ["TocsinCore", "LogFormats", "Drain", "LineFeatures"]),
        // Vector kernels for what OpenBLAS does not compute, in C: Swift cannot compile a function for several CPUs.
        .target(name: "CVectorKernels"),
        library("MatrixMath", ["COpenBLAS", "CVectorKernels"]),
        library("WordPiece"),
        library("BERT", ["TocsinCore", "MatrixMath", "WordPiece"]),
        library("Heads", ["MatrixMath"]),
        library("BERTGradients", ["BERT", "Heads", "MatrixMath"]),
        library(
            "Embedding",
            ["TocsinCore", "LineFeatures", "BERT", "BERTGradients", "Heads", "MatrixMath", "WordPiece"]),
        library("FineTuning", ["TocsinCore", "BERT", "BERTGradients", "Heads", "MatrixMath"]),
        library("TreeEnsemble", ["CXGBoost"]),
        library("Classification", ["TocsinCore", "LineFeatures", "TreeEnsemble", "Heads", "MatrixMath"]),
        library(
            "Training",
            [
                "TocsinCore", "LineFeatures", "LogFormats", "Drain", "LogParsing", "WordPiece", "BERT", "Embedding",
                "FineTuning", "Heads", "MatrixMath", "TreeEnsemble", "Classification",
            ]),
        library("Pipeline", ["TocsinCore"]),
        library("JSONText", ["TocsinCore"]),
        library("Decompression", ["CZlib", "CZstd", "CLZMA"]),
        library("AnalysisReport", ["TocsinCore", "Pipeline", "JSONText"]),

        // What a program does before anything else: it may read the environment and start itself anew.
        library("ProgramStart", ["MatrixMath"]),

        // The tiers, reached in process or over the wire.
        library(
            "LocalTiers",
            ["TocsinCore", "Pipeline", "Drain", "LogFormats", "LogParsing", "BERT", "Embedding", "Classification"]),
        library("WireMessages", ["TocsinCore", "CTocsinProto", "CProtobufC"]),
        library(
            "ServiceKit",
            [
                "TocsinCore", "Pipeline", "WireMessages", "JSONText", "COpenSSL", "CMalloc", argumentParser, logging,
                hummingbird,
            ]
                + lifecycle + grpc + nio),
        // An edge, reached over HTTP.
        library(
            "EdgeClient",
            [
                "TocsinCore", "Pipeline", "AnalysisReport", "JSONText", "ServiceKit",
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ] + nio),
        library("RemoteTiers", ["TocsinCore", "Pipeline", "WireMessages", "ServiceKit"] + grpc),
        library(
            "TocsinClient", ["TocsinCore", "Pipeline", "WireMessages", "ServiceKit", logging] + lifecycle + grpc),

        // The programs.
        program(
            "tocsin", "Sources/tocsin",
            [
                "TocsinCore", "Pipeline", "ProgramStart", "LocalTiers", "Training", "AnalysisReport", "JSONText",
                "Decompression", "Drain", "LogFormats", "LogParsing", "BERT", "Embedding", "FineTuning",
                "Classification", "TreeEnsemble", "RemoteTiers", "ServiceKit", "Edge", "EdgeClient", logging,
            ]),
        program(
            "tocsin-parser", "services/parser",
            tier + [
                "Drain", "LogFormats", "LogParsing",
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        program("tocsin-embedding", "services/embedding", tier + ["BERT", "Embedding", "ProgramStart"]),
        program("tocsin-classifier", "services/classifier", tier + ["Classification", "ProgramStart"]),
        .target(
            name: "Edge",
            dependencies: [
                "TocsinCore", "LineFeatures", "LogParsing", "Pipeline", "ServiceKit", "WireMessages", "RemoteTiers",
                "AnalysisReport", "Decompression", "JSONText", argumentParser, logging, hummingbird, httpTypes,
            ] + lifecycle + nio, path: "services/edge", exclude: ["Program", "screenshots"], resources: [.copy("web")],
            swiftSettings: strict),
        program("tocsin-edge", "services/edge/Program", ["Edge"]),

        .executableTarget(
            name: "client-example", dependencies: ["TocsinClient", "TocsinCore", "WireMessages"],
            path: "Tests/interop/examples/swift", swiftSettings: strict),

        // What the interop tests call a server of Python's with.
        program(
            "interop-client", "Tests/interop/client",
            ["TocsinCore", "Pipeline", "RemoteTiers", "ServiceKit", logging]),

        tests("TocsinCore", ["CSHA256"]),
        tests("Drain", ["TocsinCore"]),
        tests("LogFormats", ["TocsinCore"]),
        .target(name: "TestTraces", path: "Tests/TestTraces", swiftSettings: strict),
        tests("LogParsing", ["Drain", "LogFormats", "TestTraces", "TocsinCore"]),
        tests("LineFeatures", ["TocsinCore"]),
        .target(name: "TileShapes", dependencies: ["CVectorKernels"], path: "Tests/TileShapes"),
        tests("MatrixMath", ["CVectorKernels", "TileShapes"]),
        .executableTarget(
            name: "parsing-bench", dependencies: ["TocsinCore", "LogFormats", "Drain", "LineFeatures", "LogParsing"],
            path: "Tests/bench/parsing", exclude: ["README.md", "compare.py", "memory.py", "run"], swiftSettings: strict
        ),
        .executableTarget(
            name: "encoder-bench",
            dependencies: ["TocsinCore", "MatrixMath", "WordPiece", "BERT", "Embedding", "ProgramStart"],
            path: "Tests/bench/encoder", exclude: ["compare.py", "README.md"], swiftSettings: strict),
        .executableTarget(
            name: "classify-bench",
            dependencies: [
                "TocsinCore", "MatrixMath", "LineFeatures", "LogFormats", "LogParsing", "Drain", "LocalTiers", "BERT",
                "Embedding", "Heads", "TreeEnsemble", "Classification", "Training", "ProgramStart",
            ],
            path: "Tests/bench/classify", exclude: ["README.md", "compare.py", "run"], swiftSettings: strict),
        .executableTarget(
            name: "tls-bench", dependencies: ["ServiceKit"] + grpc + nio, path: "Tests/bench/tls",
            exclude: ["README.md", "certificates", "run"], swiftSettings: strict),
        .executableTarget(
            name: "openblas-core-probe", dependencies: ["ProgramStart"], path: "Tests/OpenBLASCoreProbe",
            swiftSettings: strict),
        tests("ProgramStart", ["MatrixMath", "openblas-core-probe"]),
        tests("WordPiece", ["TocsinCore", "TestEncoder"], exclude: ["reference"]),
        .target(name: "TestEncoder", path: "Tests/TestEncoder", swiftSettings: strict),
        .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
        tests(
            "BERT", ["TocsinCore", "MatrixMath", "WordPiece", "TestEncoder", "AllocationCounter"],
            exclude: ["reference"]),
        tests(
            "Embedding",
            ["TocsinCore", "LineFeatures", "WordPiece", "BERT", "BERTGradients", "Heads", "TestEncoder"]),
        tests("BERTGradients", ["BERT", "Heads", "MatrixMath", "WordPiece", "TestEncoder"]),
        tests("Heads", ["MatrixMath"]),
        tests("FineTuning", ["TocsinCore", "BERT", "Heads", "MatrixMath", "TestEncoder"], exclude: ["reference"]),
        tests("TreeEnsemble"),
        tests("Classification", ["LineFeatures", "TocsinCore", "TreeEnsemble", "Heads"]),
        .target(
            name: "TierDoubles", dependencies: ["Pipeline", "TocsinCore"], path: "Tests/TierDoubles",
            swiftSettings: strict),
        tests(
            "Training",
            [
                "TocsinCore", "LineFeatures", "LogFormats", "LogParsing", "Drain", "WordPiece", "BERT", "Embedding",
                "FineTuning", "Heads", "Classification", "TreeEnsemble", "TestEncoder",
            ], exclude: ["documented"]),
        tests("Pipeline", ["TocsinCore", "TierDoubles"]),
        tests(
            "LocalTiers",
            ["TocsinCore", "Pipeline", "Drain", "LogFormats", "LogParsing", "Embedding", "Classification"]),
        .testTarget(
            name: "TocsinTests",
            dependencies: [
                "tocsin", "TocsinCore", "Pipeline", "AnalysisReport", "JSONText", "LogFormats", "LogParsing", "Drain",
                "TestCompression", "TestEncoder", "TestTraces", argumentParser,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "EdgeTests",
            dependencies: [
                "Edge", "EdgeClient", "TierDoubles", "RunningServices", "TestCompression", "TocsinCore", "Pipeline",
                "ServiceKit",
                "JSONText",
                logging,
                hummingbird,
            ]
                + [argumentParser, .product(name: "HummingbirdTesting", package: "hummingbird")],
            swiftSettings: strict),
        .target(
            name: "RunningServices", dependencies: [logging] + lifecycle, path: "Tests/RunningServices",
            swiftSettings: strict),
        tests(
            "ServiceKit",
            [
                "TocsinCore", "Pipeline", "WireMessages", "JSONText", "RunningServices", "COpenSSL", argumentParser,
                logging,
            ] + lifecycle
                + grpc
                + nio),
        tests(
            "RemoteTiers",
            [
                "TocsinCore", "Pipeline", "ServiceKit", "TierDoubles", "RunningServices", "tocsin-parser",
                "tocsin-embedding",
                "tocsin-classifier", "Drain", "Embedding", "TestEncoder", "LocalTiers", "LogFormats", "LogParsing",
                "WireMessages", logging,
            ] + lifecycle + grpc),
        tests("WireMessages", ["TocsinCore", "CTocsinProto"]),
        tests("JSONText"),
        .target(
            name: "TestCompression", dependencies: ["CZlib", "CZstd", "CLZMA"], path: "Tests/TestCompression",
            swiftSettings: strict),
        tests("Decompression", ["TestCompression"]),
        tests("AnalysisReport", ["TocsinCore", "Pipeline", "JSONText"]),
    ],
    swiftLanguageModes: [.v6]
)
