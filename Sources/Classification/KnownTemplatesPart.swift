internal import MatrixMath
internal import Synchronization

/// Some of the templates that a model knows, whose components are unpacked when they are first needed: a few lines are
/// near to templates of the first parts, and most of a file is then never looked at.
final class KnownTemplatesPart: Sendable {
    /// `[known, dimension / 4]`, those of all parts.
    private let codes: [UInt8]
    private let deviation: [Float]
    private let norms: [Float]
    /// Which of all templates are here.
    private let templates: [Int]
    private let unpacked = Mutex<QuantizedLinear?>(nil)

    init(_ codes: [UInt8], deviation: [Float], norms: [Float], templates: [Int]) {
        precondition(!templates.isEmpty, "a part without templates")
        self.codes = codes
        self.deviation = deviation
        self.norms = norms
        self.templates = templates
    }

    /// What gives of a centred vector of length 1 its cosine with each of the templates.
    var cosines: QuantizedLinear {
        unpacked.withLock { unpacked in
            if let unpacked { return unpacked }
            let made = unpack()
            unpacked = made
            return made
        }
    }

    private func unpack() -> QuantizedLinear {
        let width = deviation.count
        let rows = [Float](unsafeUninitializedCapacity: templates.count * width) { rows, filled in
            for (row, template) in templates.enumerated() {
                for place in 0..<width / 4 {
                    let code = codes[template * (width / 4) + place]
                    for offset in 0..<4 {
                        let component = 4 * place + offset
                        rows[row * width + component] =
                            deviation[component] * KnownTemplates.levels[Int(code >> (2 * offset)) & 3]
                            / norms[template]
                    }
                }
            }
            filled = templates.count * width
        }
        let zeros = [Float](repeating: 0, count: templates.count)
        return rows.withUnsafeBufferPointer { rows in
            guard let base = rows.baseAddress else { preconditionFailure("a part without templates") }
            return QuantizedLinear(weight: MatrixView(base, rows: templates.count, columns: width), bias: zeros)
        }
    }
}
