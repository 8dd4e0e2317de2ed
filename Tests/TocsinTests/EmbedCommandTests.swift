import Foundation
import JSONText
import TestEncoder
import Testing

@testable import tocsin

@Suite(.enabled(if: TestEncoder.isPresent, "SKIPPED: there is no encoder; run models/fetch-encoder"))
struct EmbedCommandTests {
    private static let texts = "disk full on node seven\n\nfan stopped, temperature rising\n"

    private func embed(_ arguments: String...) throws -> CommandLineTool.Outcome {
        let file = try TemporaryFile(Self.texts)
        let encoder = try TestEncoder.requireDirectory()
        return try CommandLineTool.run(["embed", file.path, "--encoder", encoder] + arguments)
    }

    /// Vectors of the NDJSON rows.
    private func vectors(_ outcome: CommandLineTool.Outcome) throws -> [[Double]] {
        try outcome.rows.map { row in
            guard case .array(let values)? = try JSONValue(parsing: Array(row.utf8))["vector"] else { return [] }
            return values.map { if case .number(let number) = $0 { number } else { .nan } }
        }
    }

    @Test("each line has its text, its number of tokens with the special ones, and 768 numbers")
    func rows() throws {
        let outcome = try embed()
        #expect(outcome.status == 0 && outcome.error == "")
        let rows = try outcome.rows.map { try JSONValue(parsing: Array($0.utf8)) }
        #expect(
            rows.map { $0["text"] }
                == Self.texts.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
                .map { .string(Array($0.utf8)) })
        #expect(rows.map { $0["tokens"] } == [.number(7), .number(2), .number(7)])
        #expect(try vectors(outcome).map(\.count) == [768, 768, 768])
    }

    @Test("a NumPy file holds the same numbers behind its header")
    func array() throws {
        let bytes = try embed("--output", "npy").output
        #expect(Array(bytes[..<8]) == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0])
        let start = 10 + Int(bytes[8]) + Int(bytes[9]) << 8
        #expect(start % 64 == 0 && bytes[start - 1] == 0x0A)
        let header = String(decoding: bytes[10..<start], as: UTF8.self)
        #expect(header.hasPrefix("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 768), }"))
        let numbers = stride(from: start, to: bytes.count, by: 4).map { place in
            Float(bitPattern: bytes[place..<place + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) })
        }
        let expected = try vectors(embed()).flatMap(\.self)
        #expect(numbers.count == 3 * 768 && expected.count == numbers.count)
        #expect(zip(numbers, expected).allSatisfy { abs(Double($0) - $1) < 1e-5 })
    }

    @Test("8-bit vectors are close to those of single precision, and others")
    func precision() throws {
        let exact = try vectors(embed())
        let close = try vectors(embed("--precision", "int8"))
        #expect(exact != close)
        for (a, b) in zip(exact, close) {
            let product = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
            let squares = [a, b].map { $0.reduce(0) { $0 + $1 * $1 } }
            #expect(product / (squares[0] * squares[1]).squareRoot() > 0.99)
        }
    }

    @Test("a variant whose adapters are not there is refused by its name")
    func variant() throws {
        let outcome = try embed("--variant", "dann", "--models", FileManager.default.temporaryDirectory.path)
        #expect(outcome.status != 0 && outcome.error.contains("dann"))
    }
}
