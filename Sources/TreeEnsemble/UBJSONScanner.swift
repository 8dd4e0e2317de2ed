/// Walks a model in Universal Binary JSON, XGBoost's own format, without reading it.
///
/// libxgboost 1.7 trusts the lengths in a model: one that is cut off makes it read past the end and ask for whatever
/// memory the bytes there name. So a model is walked first (ubjson.org, draft 12).
struct UBJSONScanner {
    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Where the text stops being one whole object; nil where nothing is wrong.
    static func damage(in bytes: [UInt8]) -> Int? {
        var scanner = UBJSONScanner(bytes)
        guard bytes.first == UInt8(ascii: "{") else { return 0 }
        return scanner.skipValue(depth: 0) && scanner.position == bytes.count ? nil : scanner.position
    }

    private mutating func take() -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    private mutating func take(_ marker: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: marker) else { return false }
        position += 1
        return true
    }

    private mutating func skip(_ count: Int) -> Bool {
        guard count >= 0, count <= bytes.count - position else { return false }
        position += count
        return true
    }

    /// Bytes of a value of that type; nil for one whose length is its own.
    private static func width(of type: UInt8) -> Int? {
        switch type {
        case UInt8(ascii: "Z"), UInt8(ascii: "N"), UInt8(ascii: "T"), UInt8(ascii: "F"): 0
        case UInt8(ascii: "i"), UInt8(ascii: "U"), UInt8(ascii: "C"): 1
        case UInt8(ascii: "I"): 2
        case UInt8(ascii: "l"), UInt8(ascii: "d"): 4
        case UInt8(ascii: "L"), UInt8(ascii: "D"): 8
        default: nil
        }
    }

    private mutating func length() -> Int? {
        guard let type = take(), "iUIlL".utf8.contains(type), let width = Self.width(of: type),
            width <= bytes.count - position
        else { return nil }
        let value = bytes[position..<position + width].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        position += width
        return Int(exactly: value)
    }

    private mutating func skipText() -> Bool { length().map { skip($0) } ?? false }

    private mutating func skipValue(depth: Int) -> Bool {
        guard depth < 64, let type = take() else { return false }
        return skipValue(of: type, depth: depth)
    }

    private mutating func skipValue(of type: UInt8, depth: Int) -> Bool {
        if let width = Self.width(of: type) { return skip(width) }
        switch type {
        case UInt8(ascii: "S"), UInt8(ascii: "H"): return skipText()
        case UInt8(ascii: "["): return skipMembers(until: "]", named: false, depth: depth + 1)
        case UInt8(ascii: "{"): return skipMembers(until: "}", named: true, depth: depth + 1)
        default: return false
        }
    }

    private mutating func skipMembers(until end: Unicode.Scalar, named: Bool, depth: Int) -> Bool {
        var type: UInt8?
        if take("$") {
            type = take()
            guard type != nil else { return false }
        }
        guard take("#") else {
            while !take(end) {
                guard type == nil, !named || skipText(), skipValue(depth: depth) else { return false }
            }
            return true
        }
        guard let count = length(), count <= bytes.count - position else { return false }
        if let type, !named, let width = Self.width(of: type) { return skip(count * width) }
        for _ in 0..<count {
            guard !named || skipText() else { return false }
            guard type.map({ skipValue(of: $0, depth: depth) }) ?? skipValue(depth: depth) else { return false }
        }
        return true
    }
}
