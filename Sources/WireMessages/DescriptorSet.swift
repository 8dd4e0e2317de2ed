internal import CTocsinProto

/// The contracts as they were compiled in, for servers to describe themselves with.
public struct DescriptorSet: Sendable {
    /// One .proto file.
    public struct File: Sendable, Hashable {
        /// The path that imports name it by, such as `tocsin/parser/v1/parser.proto`.
        public let name: String
        /// The names of the files that it imports.
        public let dependencies: [String]
        /// The full names of its services.
        public let services: [String]
        /// The full names of all that it declares: messages, fields, enums and their values, services, methods.
        public let symbols: [String]
        /// The serialized `google.protobuf.FileDescriptorProto`.
        public let bytes: [UInt8]
    }

    /// All contracts of Tocsin.
    public static let tocsin = DescriptorSet(trusted: compiledIn())

    /// Every file after those that it imports.
    public let files: [File]
    private let indexByName: [String: Int]
    private let indexBySymbol: [String: Int]

    /// - Parameter bytes: a serialized `google.protobuf.FileDescriptorSet`.
    init(_ bytes: [UInt8]) throws(WireError) {
        do {
            files = try DescriptorReader.files(of: bytes)
        } catch {
            throw WireError(message: "google.protobuf.FileDescriptorSet", byteCount: bytes.count, reason: error)
        }
        var byName: [String: Int] = [:]
        var bySymbol: [String: Int] = [:]
        for (index, file) in files.enumerated() {
            byName[file.name] = index
            for symbol in file.symbols { bySymbol[symbol] = index }
        }
        indexByName = byName
        indexBySymbol = bySymbol
    }

    private init(trusted bytes: [UInt8]) {
        do {
            try self.init(bytes)
        } catch {
            preconditionFailure("the compiled-in descriptors are broken: \(error)")
        }
    }

    /// The full names of all services.
    public var services: [String] { files.flatMap(\.services) }

    public func file(named name: String) -> File? {
        indexByName[name].map { files[$0] }
    }

    /// The file that declares `symbol`, a full name without a leading dot.
    public func file(containing symbol: String) -> File? {
        indexBySymbol[symbol].map { files[$0] }
    }

    /// `file` and all that it imports, directly or not, each once and `file` first.
    public func closure(of file: File) -> [File] {
        var closure = [file]
        var next = 0
        while next < closure.count {
            for name in closure[next].dependencies where !closure.contains(where: { $0.name == name }) {
                if let dependency = self.file(named: name) { closure.append(dependency) }
            }
            next += 1
        }
        return closure
    }

    private static func compiledIn() -> [UInt8] {
        var size = 0
        let start = tocsin_descriptor_set(&size)
        return Array(UnsafeBufferPointer(start: start, count: size))
    }
}
