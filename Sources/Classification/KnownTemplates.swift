internal import MatrixMath
public import TocsinCore

/// The templates that a model was trained on, with the vectors that it read of them: who asks why a line has its class
/// is shown those that are most like it, and a line that is like none of them gets no firm verdict.
///
/// A file keeps a vector in two bits a component, the four levels that lose least of a normal distribution (Max,
/// "Quantizing for minimum distortion", 1960): cosines of 768 components come out within about 0.02, in a 16th of the
/// space. In memory a component has eight bits, for which products are quick.
public struct KnownTemplates: Sendable {
    /// The file's name in a model's folder.
    public static let fileName = "known_templates.bin"
    /// The most templates that an explanation shows.
    public static let shown = 3

    /// The cosine below which nothing known is near.
    public let farSimilarity: Float
    /// The templates that are known.
    public let count: Int

    let dimension: Int
    private let mean: [Float]
    /// Each gives of a centred vector of length 1 its cosines with a part of the templates: of the first of n parts
    /// with templates 0, n, 2n and so on, so that each has some of every source.
    private let parts: [KnownTemplatesPart]
    private let classes: [UInt8]
    private let texts: [String]
    private let sources: [String]

    /// Reads a file; throws what is wrong with it.
    init(file: [UInt8]) throws(KnownTemplatesError) {
        var reader = KnownTemplatesReader(file)
        guard try reader.bytes(Self.magic.count) == Self.magic else {
            throw KnownTemplatesError(reason: "it does not begin as a file of known templates does")
        }
        count = try reader.count()
        dimension = try reader.count()
        guard dimension > 0, dimension.isMultiple(of: 4) else {
            throw KnownTemplatesError(reason: "its vectors have \(dimension) components, expected a multiple of 4")
        }
        farSimilarity = try reader.floats(1)[0]
        mean = try reader.floats(dimension)
        let deviation = try reader.floats(dimension)
        let norms = try reader.floats(count)
        classes = try reader.bytes(count)
        let codes = try reader.bytes(count * (dimension / 4))
        let lines = reader.rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
        guard lines.count == count, classes.allSatisfy({ $0 < AnomalyClass.count }) else {
            throw KnownTemplatesError(reason: "it names \(lines.count) templates of known class, expected \(count)")
        }
        var texts: [String] = []
        var sources: [String] = []
        for line in lines {
            let parts = line.split(separator: UInt8(ascii: "\t"), maxSplits: 1, omittingEmptySubsequences: false)
            sources.append(String(decoding: parts[0], as: UTF8.self))
            texts.append(String(decoding: parts.last ?? [], as: UTF8.self))
        }
        self.texts = texts
        self.sources = sources
        let partCount = (norms.count + Self.templatesOfPart - 1) / Self.templatesOfPart
        parts = (0..<partCount).map { part in
            KnownTemplatesPart(
                codes, deviation: deviation, norms: norms,
                templates: Array(stride(from: part, to: norms.count, by: partCount)))
        }
    }

    /// Enough that most lines are near to one of them.
    private static let templatesOfPart = 512

    /// The templates whose vectors point most nearly the way that `vector` points, the nearest first.
    ///
    /// - Parameter vector: `[dimension]`, all finite.
    public func nearest(to vector: ArraySlice<Float>) -> [KnownTemplate] {
        guard let unit = unit(vector) else { return [] }
        var best: [(row: Int, similarity: Float)] = []
        for part in parts.indices {
            withCosines(of: unit, part: part) { _, similarities in
                for (place, similarity) in similarities.enumerated() {
                    let found = (row: part + place * parts.count, similarity: similarity)
                    // Of equals the earlier template.
                    func precedes(_ other: (row: Int, similarity: Float)) -> Bool {
                        (found.similarity, other.row) > (other.similarity, found.row)
                    }
                    guard best.count < Self.shown || precedes(best[best.count - 1]) else { continue }
                    best.insert(found, at: best.firstIndex(where: precedes) ?? best.count)
                    if best.count > Self.shown { best.removeLast() }
                }
            }
        }
        return best.map { row, similarity in
            KnownTemplate(
                text: texts[row], anomalyClass: AnomalyClass(rawValue: Int(classes[row])) ?? .normal,
                source: sources[row], similarity: Double(max(-1, min(1, similarity))))
        }
    }

    /// Whether each of some vectors is far from every template; one without a direction is.
    ///
    /// - Parameter vectors: each `[dimension]`, all finite.
    func areFar(_ vectors: [ArraySlice<Float>]) -> [Bool] {
        var areFar = vectors.map { _ in !parts.isEmpty }
        for start in stride(from: 0, to: vectors.count, by: Self.rowsAtOnce) {
            var units = (start..<min(start + Self.rowsAtOnce, vectors.count)).compactMap { row in
                unit(vectors[row]).map { (row: row, vector: $0) }
            }
            // What is near to a template of one part needs no other.
            for part in parts.indices where !units.isEmpty {
                withCosines(of: units.flatMap(\.vector), part: part) { index, similarities in
                    areFar[units[index].row] = !similarities.contains { $0 >= farSimilarity }
                }
                units.removeAll { !areFar[$0.row] }
            }
        }
        return areFar
    }

    /// As many as stay in the second-level cache while a part's templates pass by.
    private static let rowsAtOnce = 48

    /// The centred vector with length 1; nil where it has none.
    private func unit(_ vector: ArraySlice<Float>) -> [Float]? {
        precondition(vector.count == dimension, "\(vector.count) components in place of \(dimension)")
        let centred = zip(vector, mean).map { $0 - $1 }
        let length = centred.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? centred.map { $0 / length } : nil
    }

    /// Calls `body` with the number of each row and its cosines with a part's templates.
    ///
    /// - Parameter units: `[rows, dimension]`.
    private func withCosines(of units: [Float], part: Int, _ body: (Int, UnsafeBufferPointer<Float>) -> Void) {
        let rows = units.count / dimension
        let cosines = parts[part].cosines
        let count = cosines.outputs
        let input = QuantizedRows(maxRows: rows, maxColumns: dimension)
        units.withUnsafeBufferPointer { units in
            guard let base = units.baseAddress else { return }
            input.quantize(MatrixView(base, rows: rows, columns: dimension), for: cosines)
        }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: rows * count) { output in
            guard let base = output.baseAddress else { return }
            cosines.apply(input, .bias, into: MutableMatrixView(base, rows: rows, columns: count))
            for row in 0..<rows { body(row, UnsafeBufferPointer(rebasing: output[row * count..<(row + 1) * count])) }
        }
    }
}

extension KnownTemplates {
    static let magic = Array("TOCSKT01".utf8)
    /// In standard deviations; between them lie 0 and ± `threshold`.
    static let levels: [Float] = [-1.510, -0.4528, 0.4528, 1.510]
    private static let threshold: Float = 0.9816

    /// One of the templates of a file.
    public struct Entry: Sendable, Hashable {
        public var text: String
        public var anomalyClass: AnomalyClass
        /// Of the lines, such as `HDFS`.
        public var source: String

        public init(text: String, anomalyClass: AnomalyClass, source: String) {
            self.text = text
            self.anomalyClass = anomalyClass
            self.source = source
        }
    }

    /// The bytes of a file.
    ///
    /// - Parameters:
    ///   - vectors: one an entry; their width is a multiple of 4.
    ///   - farSimilarity: as ``farSimilarity``.
    public static func encoded(_ entries: [Entry], vectors: VectorBlock, farSimilarity: Float) -> [UInt8] {
        precondition(
            entries.count == vectors.count && vectors.dimension.isMultiple(of: 4),
            "\(entries.count) templates with \(vectors.count) vectors of \(vectors.dimension)")
        let spread = VectorSpread(vectors)
        var norms: [Float] = []
        var codes: [UInt8] = []
        codes.reserveCapacity(entries.count * vectors.dimension / 4)
        for row in 0..<vectors.count {
            var length: Float = 0
            var product: Float = 0
            var byte: UInt8 = 0
            for (component, value) in vectors[row].enumerated() {
                let centred = value - spread.mean[component]
                let deviation = spread.deviation[component]
                let magnitude: UInt8 = abs(centred) < threshold * deviation ? 0 : 1
                let code = centred < 0 ? 1 - magnitude : 2 + magnitude
                byte |= code << UInt8(2 * (component % 4))
                if component % 4 == 3 {
                    codes.append(byte)
                    byte = 0
                }
                length += centred * centred
                product += centred * deviation * levels[Int(code)]
            }
            // So that a vector has a cosine of 1 with its own row. One without a direction is near nothing.
            norms.append(product > 0 ? product / length.squareRoot() : .infinity)
        }
        var bytes = magic
        bytes.append(littleEndian: UInt32(entries.count))
        bytes.append(littleEndian: UInt32(vectors.dimension))
        for value in [farSimilarity] + spread.mean + spread.deviation + norms {
            bytes.append(littleEndian: value.bitPattern)
        }
        bytes += entries.map { UInt8($0.anomalyClass.rawValue) }
        bytes += codes
        for entry in entries { bytes += "\(onOneLine(entry.source))\t\(onOneLine(entry.text))\n".utf8 }
        return bytes
    }

    private static func onOneLine(_ text: String) -> String {
        String(text.map { $0 == "\t" || $0.isNewline ? " " : $0 })
    }
}

/// The mean and the standard deviation of each component of many vectors.
public struct VectorSpread: Sendable {
    public let mean: [Float]
    public let deviation: [Float]

    public init(_ vectors: VectorBlock) {
        var sum = [Double](repeating: 0, count: vectors.dimension)
        var squares = sum
        for row in 0..<vectors.count {
            for (component, value) in vectors[row].enumerated() {
                sum[component] += Double(value)
                squares[component] += Double(value) * Double(value)
            }
        }
        let count = Double(max(vectors.count, 1))
        mean = sum.map { Float($0 / count) }
        deviation = zip(sum, squares).map { Float(max(0, $1 / count - ($0 / count) * ($0 / count)).squareRoot()) }
    }
}

/// Why a file of known templates was refused.
struct KnownTemplatesError: Error, Sendable, Hashable, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}

/// Reads a file of known templates from its start.
private struct KnownTemplatesReader {
    private let file: [UInt8]
    private var position = 0

    init(_ file: [UInt8]) { self.file = file }

    var rest: ArraySlice<UInt8> { file[position...] }

    mutating func bytes(_ count: Int) throws(KnownTemplatesError) -> [UInt8] {
        guard count <= file.count - position else {
            throw KnownTemplatesError(
                reason: "it ends at byte \(file.count), expected \(count - (file.count - position)) more")
        }
        defer { position += count }
        return Array(file[position..<position + count])
    }

    mutating func count() throws(KnownTemplatesError) -> Int {
        Int(try words(1)[0])
    }

    mutating func floats(_ count: Int) throws(KnownTemplatesError) -> [Float] {
        try words(count).map { Float(bitPattern: $0) }
    }

    private mutating func words(_ count: Int) throws(KnownTemplatesError) -> [UInt32] {
        let bytes = try bytes(4 * count)
        return stride(from: 0, to: bytes.count, by: 4).map { start in
            (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(littleEndian value: UInt32) {
        for shift in stride(from: UInt32(0), to: 32, by: 8) { append(UInt8(truncatingIfNeeded: value >> shift)) }
    }
}
