import Testing
import TocsinCore

@testable import LineFeatures

@Suite struct FeatureTableTests {
    @Test("790 features with unique names: 768 + 4 + 4 + 14")
    func counts() {
        #expect(FeatureTable.count == 790)
        #expect(FeatureTable.features.count == 790)
        #expect(Set(FeatureTable.features.map(\.name)).count == 790)
        #expect(FeatureTable.columns(of: .embedding) == 0..<768)
        #expect(FeatureTable.columns(of: .text).count == 4)
        #expect(FeatureTable.columns(of: .template).count == 4)
        #expect(FeatureTable.columns(of: .temporal).count == 3)
        #expect(FeatureTable.columns(of: .positional).count == 3)
        #expect(FeatureTable.columns(of: .keyword).count == 8)
        #expect(FeatureTable.features.allSatisfy { !$0.meaning.isEmpty })
    }

    @Test("each group is one run of columns")
    func groupsAreContiguous() {
        for group in FeatureGroup.allCases {
            #expect(FeatureTable.columns(of: group).allSatisfy { FeatureTable.features[$0].group == group })
        }
    }

    @Test("no two keywords share a hash, and each is found with its meaning")
    func keywordHashes() {
        var wordOfHash: [UInt32: Substring] = [:]
        for (meaning, words) in KeywordTable.words {
            for word in words.split(whereSeparator: \.isWhitespace) {
                let hash = word.utf8.reduce(KeywordTable.emptyHash) { KeywordTable.hash($0, adding: $1) }
                #expect(wordOfHash[hash] == nil || wordOfHash[hash] == word)
                #expect(word.utf8.allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 })
                wordOfHash[hash] = word
                #expect(KeywordTable.standard.meaning(ofHash: hash).isSuperset(of: meaning))
            }
        }
    }
}

@Suite struct FeatureRowsTests {
    private let embedding = [Float](repeating: 0.5, count: 768)
    private let lineFeatures = [Float](repeating: 2, count: 22)

    @Test("a row is the embedding, then the line features")
    func row() throws {
        var rows = VectorBlock(dimension: FeatureTable.count)
        try FeatureRows.append(embedding: embedding[...], lineFeatures: lineFeatures[...], to: &rows)
        #expect(Array(rows[0]) == embedding + lineFeatures)
    }

    @Test("a missing feature is refused, not padded", arguments: [(767, 22), (768, 21), (769, 22), (0, 22), (768, 0)])
    func missing(embeddingCount: Int, lineFeatureCount: Int) {
        var rows = VectorBlock(dimension: FeatureTable.count)
        #expect(throws: FeatureError.self) {
            try FeatureRows.append(
                embedding: [Float](repeating: 0, count: embeddingCount)[...],
                lineFeatures: [Float](repeating: 0, count: lineFeatureCount)[...], to: &rows)
        }
        #expect(rows.count == 0)
    }

    @Test("NaN and infinity are refused by name", arguments: [Float.nan, .infinity, -.infinity])
    func notFinite(value: Float) throws {
        var rows = VectorBlock(dimension: FeatureTable.count)
        var broken = lineFeatures
        broken[LineFeature.severity.rawValue] = value
        let error = try #require(throws: FeatureError.self) {
            try FeatureRows.append(embedding: embedding[...], lineFeatures: broken[...], to: &rows)
        }
        guard case .notFinite("severity", _) = error else { throw error }
        #expect("\(error)".contains("severity"))
        #expect(rows.count == 0)
    }
}
