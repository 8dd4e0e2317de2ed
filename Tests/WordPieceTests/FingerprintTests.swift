import Foundation
import TestEncoder
import Testing
import TocsinCore

@testable import WordPiece

/// Token ids of whole data sets against digests of Hugging Face's, made by `reference/make-fingerprints.py`.
@Suite("Token ids of many lines", .enabled(if: TestEncoder.isPresent, "run models/fetch-encoder"))
struct FingerprintTests {
    struct Reference: Decodable {
        struct Fingerprint: Decodable, Equatable {
            var lines: Int
            var tokens: Int
            var sha256: String
            /// Of the file that the lines stand in, where it may change.
            var source_sha256: String?
        }
        var max_tokens: Int
        var sets: [String: Fingerprint]
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    static let project = folder.deletingLastPathComponent().deletingLastPathComponent()
    static let dataSets: String? = {
        let path = ProcessInfo.processInfo.environment["TOCSIN_DATASETS"]
        if path == nil { print("SKIPPED: token ids of LogHub's lines, for TOCSIN_DATASETS is not set") }
        return path
    }()

    let reference: Reference
    let tokenizer: WordPieceTokenizer

    init() throws {
        let file = Self.folder.appendingPathComponent("reference/fingerprints.json")
        reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
        let vocabulary = URL(fileURLWithPath: try TestEncoder.requireDirectory() + "/vocab.txt")
        tokenizer = WordPieceTokenizer(
            vocabulary: try Vocabulary(contents: Data(contentsOf: vocabulary)), maxTokens: reference.max_tokens)
    }

    private func fingerprint(_ lines: some Sequence<some Collection<UInt8>>) -> Reference.Fingerprint {
        var numbers: [Int32] = []
        var ids: [Int32] = []
        var tokens = 0
        var count = 0
        for line in lines {
            ids.removeAll(keepingCapacity: true)
            tokenizer.append(tokenIDsOf: line, to: &ids)
            numbers.append(Int32(ids.count))
            numbers.append(contentsOf: ids)
            tokens += ids.count
            count += 1
        }
        let digest = numbers.withUnsafeBytes { SHA256.hexadecimalDigest(of: $0) }
        return Reference.Fingerprint(lines: count, tokens: tokens, sha256: digest)
    }

    private func lines(of file: URL) throws -> [ArraySlice<UInt8>] {
        var lines = [UInt8](try Data(contentsOf: file)).split(separator: 10, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    @Test("every line of LogHub's 16 systems", .enabled(if: dataSets != nil, "set TOCSIN_DATASETS"))
    func logHub() throws {
        let folder = URL(fileURLWithPath: Self.dataSets ?? "").appendingPathComponent("loghub_2k")
        let names = reference.sets.keys.filter { $0.hasSuffix(".log") }
        #expect(names.count == 16)
        for name in names {
            let found = fingerprint(try lines(of: folder.appendingPathComponent(name)))
            #expect(found == reference.sets[name], "\(name)")
        }
    }

    @Test("every line of the corpus that has not changed since")
    func corpus() throws {
        for (name, expected) in reference.sets where name.hasPrefix("corpus/") {
            let file = Self.project.appendingPathComponent("models/\(name)")
            let bytes = [UInt8](try Data(contentsOf: file))
            guard SHA256.hexadecimalDigest(of: bytes) == expected.source_sha256 else {
                print("SKIPPED: \(name), which is not as it was recorded; run reference/make-fingerprints.py")
                continue
            }
            var found = fingerprint(
                try lines(of: file).map { $0.split(separator: 9, omittingEmptySubsequences: false)[2] })
            found.source_sha256 = expected.source_sha256
            #expect(found == expected, "\(name)")
        }
    }

    @Test("every code point there is")
    func unicode() {
        let blocks = stride(from: UInt32(0), to: 0x110000, by: 16).filter { !(0xD800..<0xE000).contains($0) }
        let lines = blocks.map { block -> [UInt8] in
            var line = ""
            for codePoint in block..<block + 16 {
                guard let scalar = Unicode.Scalar(codePoint) else { continue }
                line += "a"
                line.unicodeScalars.append(scalar)
                line += "b "
            }
            return Array(line.utf8)
        }
        #expect(fingerprint(lines) == reference.sets["unicode"])
    }

    @Test("random bytes, most of them broken UTF-8")
    func bytes() {
        var state: UInt64 = 1
        let lines = (0..<20_000).map { _ in
            (0..<40).map { _ -> UInt8 in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let byte = UInt8(state >> 56)
                return state >> 40 & 1 == 1 ? 97 + byte % 26 : byte != 10 ? byte : 32
            }
        }
        #expect(fingerprint(lines) == reference.sets["bytes"])
    }
}
