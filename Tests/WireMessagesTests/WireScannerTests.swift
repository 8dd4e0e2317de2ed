import CTocsinProto
import Testing
import TocsinCore

@testable import WireMessages

@Suite("hostile bytes")
struct WireScannerTests {
    private func reason(_ bytes: [UInt8]) -> WireError.Reason? {
        do {
            _ = try ParseBatch(decoding: bytes)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test(
        "are refused with the byte that is wrong",
        arguments: [
            ([0x0A, 0x05, 0x01], 0, "field 1 has 5 bytes, 1 are left"),
            ([0x0A], 1, "a number is cut"),
            ([0x12, 0x00, 0x08, 0x80], 3, "a number is cut"),
            ([0x00, 0x01], 0, "the tag 0 names no field"),
            ([0x0B], 0, "field 1 has wire type 3; expected 0, 1, 2 or 5"),
            ([0x0F, 0x00], 0, "field 1 has wire type 7; expected 0, 1, 2 or 5"),
            ([0x08, 0x01], 0, "lines does not have its contract's wire type"),
            ([0x15, 1, 2, 3], 1, "a number of 4 bytes is cut, 3 are left"),
            ([0x0A, 0x00, 0x0A, 0x00], 2, "lines occurs a second time"),
            ([0x18] + Array(repeating: 0xFF, count: 10), 1, "a number exceeds 64 bits"),
            (Array(repeating: 0xFF, count: 12), 0, "a number exceeds 64 bits"),
            ([0xF8, 0xFF, 0xFF, 0xFF, 0x7F, 0x00], 0, "the tag 34359738360 names no field"),
        ] as [([UInt8], Int, String)])
    func malformed(bytes: [UInt8], offset: Int, what: String) {
        #expect(reason(bytes) == .malformed(offset: offset, what))
    }

    @Test("that nest deeper than the limit are refused, be it a million levels")
    func nesting() {
        // No contract of ours contains itself; this one does: message Nested { Nested inner = 1; }
        withRecursiveDescriptor { descriptor in
            for (levels, isFine) in [(1, true), (15, true), (16, false), (1_000_000, false)] {
                var bytes: [UInt8] = []
                var sizes: [[UInt8]] = []
                var size = 0
                for _ in 0..<levels {
                    sizes.append(WireBytes.varint(UInt64(size)))
                    size += 1 + (sizes.last?.count ?? 0)
                }
                for size in sizes.reversed() { bytes += [0x0A] + size }
                let found = bytes.withUnsafeBytes { bytes -> WireError.Reason? in
                    do throws(WireError.Reason) {
                        var scanner = WireScanner(bytes, memoryLimit: 1 << 30)
                        try scanner.check(descriptor)
                        return nil
                    } catch {
                        return error
                    }
                }
                #expect(found == (isFine ? nil : .nestedTooDeeply(limit: 16)))
            }
        }
    }

    private func withRecursiveDescriptor(_ body: (UnsafePointer<ProtobufCMessageDescriptor>) -> Void) {
        let descriptor = UnsafeMutablePointer<ProtobufCMessageDescriptor>.allocate(capacity: 1)
        var field = ProtobufCFieldDescriptor()
        field.id = 1
        field.label = PROTOBUF_C_LABEL_NONE
        field.type = PROTOBUF_C_TYPE_MESSAGE
        field.descriptor = UnsafeRawPointer(descriptor)
        let ranges = [
            ProtobufCIntRange(start_value: 1, orig_index: 0), ProtobufCIntRange(start_value: 0, orig_index: 1),
        ]
        withUnsafePointer(to: field) { fields in
            ranges.withUnsafeBufferPointer { ranges in
                var message = ProtobufCMessageDescriptor()
                message.magic = UInt32(PROTOBUF_C__MESSAGE_DESCRIPTOR_MAGIC)
                message.n_fields = 1
                message.fields = fields
                message.n_field_ranges = 1
                message.field_ranges = ranges.baseAddress
                descriptor.initialize(to: message)
                body(descriptor)
            }
        }
        descriptor.deallocate()
    }

    @Test("of 64 MiB that hold only empty parts stop at the memory limit")
    func emptyParts() {
        for tag: UInt8 in [0x0A, 0x12, 0x7A] {  // lines, failures, and a field that no contract has
            var bytes = [UInt8](repeating: 0, count: 64 << 20)
            for index in stride(from: 0, to: bytes.count, by: 2) { bytes[index] = tag }
            let error = #expect(throws: WireError.self) { try ParsedBatch(decoding: bytes) }
            let limit = ParsedBatch.memoryLimit(byteCount: bytes.count)
            #expect(error?.reason == .tooCostly(memoryLimit: limit))
            #expect(limit < 1 << 30)
        }
    }

    @Test("of a whole batch stay far below the memory limit")
    func realCost() throws {
        var random = RandomMessages(seed: 5)
        let lines = (0..<2_000).map { _ in ItemResult.success(random.parsedLine(featureCount: 22)) }
        let bytes = try ParsedBatch(
            lines: lines, featureSchema: FeatureSchema(version: 1, templateTreeSHA256: "")
        ).encoded()
        let arena = Arena(limit: 8 * bytes.count)
        let message = protobuf_c_message_unpack(ParsedBatch.C.descriptor, arena.allocator, bytes.count, bytes)
        #expect(message != nil)
        withExtendedLifetime(arena) {}
    }
}
