import Foundation
import Testing

@testable import BERT

@Suite("Writing a weights file")
struct SafeTensorsWriterTests {
    private let path = FileManager.default.temporaryDirectory.appendingPathComponent("w-\(UUID().uuidString)").path

    @Test("what is written comes back bit by bit, names of any letters included")
    func roundTrip() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let values: [Float] = [0, -0.0, .leastNonzeroMagnitude, -.greatestFiniteMagnitude, .infinity, 1 / 3]
        var writer = SafeTensorsWriter(metadata: ["r": "8", "said by": "\"a/b\"\nü"])
        writer.add("z", shape: [2, 3], values)
        writer.add("empty", shape: [0, 4], [])
        writer.add("größe/1", shape: [], [5])
        try writer.write(to: path)
        let file = try SafeTensors(path: path)
        #expect(file.metadata == ["r": "8", "said by": "\"a/b\"\nü"])
        #expect(try file.floats("z", shape: [2, 3]).map(\.bitPattern) == values.map(\.bitPattern))
        #expect(try file.floats("empty", shape: [0, 4]) == [])
        #expect(try file.floats("größe/1", shape: []) == [5])
        #expect(file.shape(of: "z") == [2, 3] && file.shape(of: "y") == nil)
        #expect(throws: CheckpointError.wrongShape(path: path, tensor: "z", found: [2, 3], expected: [3, 2])) {
            try file.floats("z", shape: [3, 2])
        }
    }

    @Test("the same tensors give the same bytes, aligned so that they need no copy")
    func deterministic() throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        func bytes(_ names: [String]) throws -> Data {
            var writer = SafeTensorsWriter(metadata: ["b": "1", "a": "2"])
            for name in names { writer.add(name, shape: [1], [Float(name.utf8.count)]) }
            try writer.write(to: path)
            return try Data(contentsOf: URL(fileURLWithPath: path))
        }
        #expect(try bytes(["one", "three", "seventeen"]) == bytes(["seventeen", "one", "three"]))
        let file = try SafeTensors(path: path)
        let mapped = try file.mappedFloats("three", shape: [1])
        withExtendedLifetime(file) { #expect(mapped?.pointee == 5) }
    }

    @Test("a folder that is not there is said, and what was there stays")
    func unwritable() throws {
        let writer = SafeTensorsWriter()
        #expect {
            try writer.write(to: path + "/no/folder")
        } throws: {
            "\($0)".contains("cannot write '\(path)/no/folder'")
        }
    }
}
