import Foundation
import Testing

@testable import BERT

@Suite("A hostile weights file")
struct SafeTensorsTests {
    private func load(_ file: [UInt8]) throws -> SafeTensors {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("tensors-\(UUID().uuidString)").path
        try Data(file).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try SafeTensors(path: path)
    }

    @Test(
        "a header that lies is refused",
        arguments: [
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9]}}"#,
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#,
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}"#,
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}"#,
            #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#,
            #"{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}"#,
            #"{"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,8]}}"#,
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775807,9223372036854775807]}}"#,
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,18446744073709551615]}}"#,
            #"{"a":{"dtype":"F32","shape":["x"],"data_offsets":[0,8]}}"#,
            #"{"__metadata__":{"format":1}}"#, #"{"__metadata__":["pt"]}"#, #"{"a":[]}"#, "[]", "", "{", "null",
            String(repeating: "[", count: 100_000),
        ])
    func header(json: String) {
        #expect(throws: CheckpointError.self) {
            try load(TinyCheckpoint.file(header: Data(json.utf8), data: Array(repeating: 0, count: 8)))
        }
    }

    @Test("a header longer than the file is refused", arguments: [UInt64.max, 1 << 62, 100_000_001, 9, 1])
    func headerLength(length: UInt64) {
        #expect(throws: CheckpointError.self) {
            try load(withUnsafeBytes(of: length.littleEndian) { Array($0) } + Array("{}      ".utf8))
        }
    }

    @Test("a file cut anywhere is refused")
    func truncated() throws {
        let whole = try TinyCheckpoint().safeTensors()
        for length in [0, 1, 7, 8, 9, 100, whole.count / 2, whole.count - 1] {
            #expect(throws: CheckpointError.self, "at \(length)") { try load(Array(whole.prefix(length))) }
        }
        #expect(try load(whole).tensors.count == TinyCheckpoint().tensors.count)
    }

    @Test("a folder and a missing file are unreadable")
    func noFile() {
        for path in ["/nonexistent/model.safetensors", FileManager.default.temporaryDirectory.path] {
            #expect { try SafeTensors(path: path) } throws: { "\($0)".contains("cannot read '\(path)'") }
        }
    }

    @Test("integers are no weights")
    func integers() throws {
        let header = #"{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}"#
        let tensors = try load(TinyCheckpoint.file(header: Data(header.utf8), data: Array(repeating: 0, count: 8)))
        #expect(throws: CheckpointError.self) { try tensors.mappedFloats("a", shape: [1]) }
    }

    @Test(
        "half-precision numbers keep their value",
        arguments: [
            (0x0000, 0), (0x3C00, 1), (0xC000, -2), (0x7BFF, 65_504), (0x0001, 0x1p-24), (0x83FF, -0x1.FF8p-15),
            (0x0400, 0x1p-14), (0x7C00, .infinity), (0xFC00, -.infinity), (0x3555, 0x1.554p-2),
        ] as [(UInt16, Float)])
    func half(bits: UInt16, value: Float) {
        #expect(float(half: bits) == value)
    }
}
