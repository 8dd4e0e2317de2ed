internal import Foundation

extension WordsHead {
    /// The file's name in a model's folder.
    public static let fileName = "words.tsv"

    /// The file's bytes, tab-separated: a row of the biases, then a row a term: the term, its inverse frequency and its
    /// weight for each class; then a row a feature: `=`, its name, mean and deviation, 1 and its weights.
    public func encoded() -> [UInt8] {
        func row(_ name: String, _ first: Float, _ weights: some Sequence<Float>) -> String {
            name + String(format: "\t%.5g", first) + weights.map { String(format: "\t%.4g", $0) }.joined() + "\n"
        }
        func weights(_ column: Int) -> ArraySlice<Float> {
            parameters[column * classCount..<(column + 1) * classCount]
        }
        var text = row("", 1, biases)
        for (column, term) in terms.enumerated() { text += row(term, inverseFrequencies[column], weights(column)) }
        for (index, feature) in features.enumerated() {
            text += row("=\(feature.name) \(feature.mean) \(feature.deviation)", 1, weights(terms.count + index))
        }
        return Array(text.utf8)
    }

    /// Reads the file's bytes.
    public init(encoded bytes: [UInt8], classCount: Int) throws(HeadError) {
        var terms: [String] = []
        var features: [ScaledFeature] = []
        var frequencies: [Float] = []
        var weights: [Float] = []
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
            let nameEnd = line.firstIndex(of: UInt8(ascii: "\t")) ?? line.endIndex
            let numbers = Self.numbers(line[nameEnd...])
            guard numbers.count == 1 + classCount, numbers.allSatisfy(\.isFinite) else {
                throw .malformed("row \(index + 1) is no term and \(1 + classCount) numbers that are finite")
            }
            weights += numbers.dropFirst()
            let name = String(decoding: line[..<nameEnd], as: UTF8.self)
            guard name.hasPrefix("=") else {
                guard features.isEmpty else { throw .malformed("row \(index + 1) is a term behind features") }
                terms.append(name)
                frequencies.append(numbers[0])
                continue
            }
            guard let feature = ScaledFeature(written: name.dropFirst()) else {
                throw .malformed("row \(index + 1) is no name of a feature, mean and deviation")
            }
            features.append(feature)
        }
        guard !terms.isEmpty, terms[0].isEmpty else { throw .malformed("its first row is not that of the biases") }
        self.init(
            terms: Array(terms.dropFirst()), inverseFrequencies: Array(frequencies.dropFirst()), features: features,
            classCount: classCount, parameters: Array(weights[classCount...] + weights[..<classCount]))
    }

    /// The numbers that stand behind tabs, up to what is none.
    private static func numbers(_ text: ArraySlice<UInt8>) -> [Float] {
        // Where a slice ends, the number must: the C library reads up to a byte that belongs to none.
        (Array(text) + [0]).withUnsafeBytes { bytes in
            var numbers: [Float] = []
            guard var next = bytes.bindMemory(to: CChar.self).baseAddress else { return [] }
            while next.pointee == CChar(bitPattern: UInt8(ascii: "\t")) {
                var end: UnsafeMutablePointer<CChar>?
                let number = strtof(next + 1, &end)
                guard let end, UnsafePointer(end) > next + 1 else { break }
                numbers.append(number)
                next = UnsafePointer(end)
            }
            return next.pointee == 0 ? numbers : []
        }
    }
}

extension ScaledFeature {
    /// Reads a name, a mean and a deviation with spaces between.
    fileprivate init?(written text: Substring) {
        let fields = text.split(separator: " ")
        guard fields.count == 3, let mean = Float(fields[1]), let deviation = Float(fields[2]), mean.isFinite,
            deviation > 0, deviation.isFinite
        else { return nil }
        self.init(name: String(fields[0]), mean: mean, deviation: deviation)
    }
}
