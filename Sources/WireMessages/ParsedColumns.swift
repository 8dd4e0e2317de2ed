internal import CTocsinProto
internal import TocsinCore

/// The parts of parsed lines that travel as columns, because the next tiers take them as they are.
struct ParsedColumns {
    let features: VectorBlock
    let modelTexts: LineBlock
    let modelTemplates: LineBlock

    /// - Parameters:
    ///   - rows: the number of lines, which every column has.
    ///   - isEmpty: no line has a result, so that the features may be absent.
    init(_ message: Tocsin__Parser__V1__ParseResponse, rows: Int, isEmpty: Bool) throws(WireError.Reason) {
        modelTexts = try LineBlock("model_texts", message.model_texts)
        modelTemplates = try LineBlock("model_templates", message.model_templates)
        features =
            isEmpty && message.features == nil
            ? VectorBlock(dimension: 1) : try VectorBlock("features", message.features)
        try expect(rows: rows, "model_texts", modelTexts.count)
        try expect(rows: rows, "model_templates", modelTemplates.count)
        if !isEmpty { try expect(rows: rows, "features", features.count) }
    }

    func modelText(_ row: Int) throws(WireError.Reason) -> String { try text("model_text", modelTexts, row) }

    func modelTemplate(_ row: Int) throws(WireError.Reason) -> String {
        try text("model_template", modelTemplates, row)
    }

    private func text(_ name: StaticString, _ block: LineBlock, _ row: Int) throws(WireError.Reason) -> String {
        let range = (row == 0 ? 0 : block.ends[row - 1])..<block.ends[row]
        return try block.bytes.withUnsafeBufferPointer { (bytes) throws(WireError.Reason) in
            try WireMessages.text(name, UnsafeBufferPointer(rebasing: bytes[range]))
        }
    }

    /// Writes the columns of `lines` into `message`; zeros and empty texts where a line failed.
    static func fill(
        _ message: inout Tocsin__Parser__V1__ParseResponse, from lines: [ItemResult<ParsedLine>],
        in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.model_texts = try texts(of: lines, in: arena) { $0.modelText }
        message.model_templates = try texts(of: lines, in: arena) { $0.modelTemplate }
        guard let width = lines.lazy.compactMap({ try? $0.get().features.count }).first else { return }
        let values = arena.allocate(Float.self, count: lines.count * width)
        values.initialize(repeating: 0, count: lines.count * width)
        for (index, line) in lines.enumerated() {
            guard case .success(let line) = line else { continue }
            guard line.features.count == width, width > 0 else {
                throw .invalid(
                    field: "lines[\(index)].features", found: "\(line.features.count) features",
                    expected: "\(max(width, 1)), as in the first line")
            }
            line.features.withUnsafeBufferPointer {
                (values + index * width).update(from: $0.baseAddress!, count: width)
            }
        }
        let block = arena.allocate(Tocsin__Common__V1__VectorBlock.self, count: 1)
        tocsin__common__v1__vector_block__init(block)
        block.pointee.dimension = try unsigned("features.dimension", width)
        block.pointee.values = ProtobufCBinaryData(
            borrowing: UnsafeRawBufferPointer(UnsafeBufferPointer(start: values, count: lines.count * width))
                .assumingMemoryBound(to: UInt8.self))
        message.features = block
    }

    private static func texts(
        of lines: [ItemResult<ParsedLine>], in arena: borrowing Arena, _ text: (ParsedLine) -> String
    ) throws(WireError.Reason) -> UnsafeMutablePointer<Tocsin__Common__V1__LineBlock> {
        let block = arena.allocate(Tocsin__Common__V1__LineBlock.self, count: 1)
        tocsin__common__v1__line_block__init(block)
        let lengths = arena.allocate(UInt32.self, count: lines.count)
        var total = 0
        for (index, line) in lines.enumerated() {
            var length = 0
            if case .success(let line) = line { length = text(line).utf8.count }
            lengths[index] = try unsigned("lines.text", length)
            total += length
        }
        let bytes = arena.allocate(UInt8.self, count: total)
        var end = bytes
        for line in lines {
            guard case .success(let line) = line else { continue }
            var text = text(line)
            text.withUTF8 {
                if let start = $0.baseAddress { end.update(from: start, count: $0.count) }
                end += $0.count
            }
        }
        block.pointee.data = ProtobufCBinaryData(len: total, data: bytes)
        block.pointee.n_lengths = lines.count
        block.pointee.lengths = lengths
        return block
    }
}

/// Refuses a column that has not one entry for each item.
func expect(rows: Int, _ name: StaticString, _ found: Int) throws(WireError.Reason) {
    guard found == rows else {
        throw .invalid(field: "\(name)", found: "\(found) rows", expected: "\(rows), one for each item")
    }
}
