import Testing
import TocsinCore

@testable import Classification

@Suite struct KnownTemplatesTests {
    private static let dimension = 768
    /// More than one part of the templates holds.
    private static let count = 1_100
    private static let vectors: VectorBlock = {
        var generator = SeededGenerator(seed: 7)
        var vectors = VectorBlock(dimension: dimension)
        for _ in 0..<count {
            // Components of different means and spreads, as encoders have them.
            vectors.append(
                (0..<dimension).map { column in
                    let noise = (0..<4).reduce(Float(0)) { sum, _ in sum + Float.random(in: -1...1, using: &generator) }
                    return Float(column % 5) + noise * Float(1 + column % 3)
                })
        }
        return vectors
    }()

    private static func file() -> [UInt8] {
        let entries = (0..<vectors.count).map { row in
            KnownTemplates.Entry(
                text: "text\t\(row)\nof a line", anomalyClass: AnomalyClass(rawValue: row % 7) ?? .normal,
                source: "system \(row % 3)")
        }
        return KnownTemplates.encoded(entries, vectors: vectors, farSimilarity: 0.25)
    }

    @Test("each vector is nearest to its own template, at a cosine of one")
    func own() throws {
        let known = try KnownTemplates(file: Self.file())
        #expect(known.count == Self.count && known.farSimilarity == 0.25)
        for row in 0..<Self.vectors.count {
            let nearest = known.nearest(to: Self.vectors[row])
            #expect(nearest.count == 3)
            #expect(nearest[0].text == "text \(row) of a line")
            #expect(nearest[0].anomalyClass.rawValue == row % 7)
            #expect(nearest[0].source == "system \(row % 3)")
            #expect(abs(nearest[0].similarity - 1) < 0.01)
            #expect(nearest[1].similarity >= nearest[2].similarity)
        }
    }

    @Test("two bits a component keep cosines within a tenth, at worst, of those in full")
    func cosines() throws {
        let known = try KnownTemplates(file: Self.file())
        let spread = VectorSpread(Self.vectors)
        func centred(_ vector: ArraySlice<Float>) -> [Float] { zip(vector, spread.mean).map { $0 - $1 } }
        func product(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        let query = zip(Self.vectors[3], Self.vectors[90]).map { 0.7 * $0 + 0.3 * $1 }
        let asked = centred(query[...])
        for found in known.nearest(to: query[...]) {
            let row = try #require((0..<Self.count).first { "text \($0) of a line" == found.text })
            let other = centred(Self.vectors[row])
            let cosine = product(asked, other) / (product(asked, asked) * product(other, other)).squareRoot()
            #expect(abs(Float(found.similarity) - cosine) < 0.1)
        }
        #expect(known.nearest(to: query[...]).prefix(2).map(\.text) == ["text 3 of a line", "text 90 of a line"])
    }

    @Test("a vector without a direction is near nothing")
    func mean() throws {
        let known = try KnownTemplates(file: Self.file())
        let mean = VectorSpread(Self.vectors).mean[...]
        #expect(known.nearest(to: mean).isEmpty)
        #expect(known.areFar([mean, Self.vectors[0]]) == [true, false])
    }

    @Test("far is what no template is near to, in batches of any size")
    func far() throws {
        let known = try KnownTemplates(file: Self.file())
        let mean = VectorSpread(Self.vectors).mean
        let rows = (0..<120).map { row in
            // Every third is turned around: as far as can be from its own template.
            row % 3 == 0 ? zip(Self.vectors[row], mean).map { 2 * $1 - $0 }[...] : Self.vectors[row]
        }
        for count in [0, 1, 47, 48, 49, 120] {
            let expected = rows.prefix(count).map {
                Float(known.nearest(to: $0).first?.similarity ?? -1) < known.farSimilarity
            }
            #expect(known.areFar(Array(rows.prefix(count))) == expected)
            #expect(expected.count { $0 } == (count + 2) / 3)
        }
    }

    @Test("a file that is cut anywhere is refused, and one that is something else")
    func damaged() throws {
        let file = Self.file()
        for end in [0, 7, 8, 12, 16, 20, 3_000, 6_700, 7_000, 20_000, file.count - 4_000, file.count - 1] {
            #expect(throws: KnownTemplatesError.self) { try KnownTemplates(file: Array(file[..<end])) }
        }
        var huge = file
        for index in 8..<12 { huge[index] = 0xFF }
        #expect(throws: KnownTemplatesError.self) { try KnownTemplates(file: huge) }
        var other = file
        other[0] = 0
        #expect(throws: KnownTemplatesError.self) { try KnownTemplates(file: other) }
        let error = #expect(throws: KnownTemplatesError.self) { try KnownTemplates(file: Array(file[..<9])) }
        #expect(error?.description == "it ends at byte 9, expected 3 more")
    }
}
