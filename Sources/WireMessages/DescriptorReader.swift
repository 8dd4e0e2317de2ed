/// Reads the names out of serialized descriptors; the numbers are the fields of google/protobuf/descriptor.proto.
struct DescriptorReader {
    /// What may declare further names.
    private enum Declaration {
        case message, enumeration, service
        case leaf
    }

    private let bytes: UnsafeRawBufferPointer
    private var symbols: [String] = []
    private var services: [String] = []

    static func files(of bytes: [UInt8]) throws(WireError.Reason) -> [DescriptorSet.File] {
        try bytes.withUnsafeBufferPointer { (buffer) throws(WireError.Reason) in
            let raw = UnsafeRawBufferPointer(buffer)
            var files: [DescriptorSet.File] = []
            var set = WireCursor(raw)
            while let field = try set.next() {
                guard field.number == 1, case .bytes(let range) = field.value else { continue }
                var reader = DescriptorReader(bytes: raw)
                files.append(try reader.file(range))
            }
            return files
        }
    }

    private init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    private mutating func file(_ range: Range<Int>) throws(WireError.Reason) -> DescriptorSet.File {
        let package = try text(2, in: range).map { $0 + "." } ?? ""
        try declare(.message, 4, in: range, scope: package)
        try declare(.enumeration, 5, in: range, scope: package)
        try declare(.service, 6, in: range, scope: package)
        return DescriptorSet.File(
            name: try text(1, in: range) ?? "",
            dependencies: try parts(3, in: range).map { String(decoding: bytes[$0], as: UTF8.self) },
            services: services, symbols: symbols, bytes: Array(bytes[range]))
    }

    /// Notes each declaration that is field `number` of the descriptor at `range`, and all that it declares.
    private mutating func declare(
        _ kind: Declaration, _ number: UInt32, in range: Range<Int>, scope: String
    ) throws(WireError.Reason) {
        for part in try parts(number, in: range) {
            let name = scope + (try text(1, in: part) ?? "")
            symbols.append(name)
            switch kind {
            case .message:
                try declare(.leaf, 2, in: part, scope: name + ".")  // fields
                try declare(.message, 3, in: part, scope: name + ".")
                try declare(.enumeration, 4, in: part, scope: name + ".")
            case .enumeration:
                try declare(.leaf, 2, in: part, scope: scope)  // values are siblings of their enum
            case .service:
                services.append(name)
                try declare(.leaf, 2, in: part, scope: name + ".")  // methods
            case .leaf: break
            }
        }
    }

    private func parts(_ number: UInt32, in range: Range<Int>) throws(WireError.Reason) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var cursor = WireCursor(bytes, in: range)
        while let field = try cursor.next() {
            if field.number == number, case .bytes(let part) = field.value { parts.append(part) }
        }
        return parts
    }

    private func text(_ number: UInt32, in range: Range<Int>) throws(WireError.Reason) -> String? {
        try parts(number, in: range).last.map { String(decoding: bytes[$0], as: UTF8.self) }
    }
}
