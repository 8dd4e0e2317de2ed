/// Compiles patterns into one pool of instructions, literals and tables.
struct ProgramBuilder {
    private(set) var code: [Instruction] = []
    private(set) var literals: [UInt8] = []
    private(set) var stops: [Bool] = []
    private(set) var setIndex: [Int32] = []
    private(set) var members: [SetMember] = []
    private var stopTables: [ByteSet: Int32] = [:]

    /// Sets of the format that is being compiled, by name.
    private var sets: [String: [String]] = [:]
    private var setNumbers: [String: Int32] = [:]
    private var slots: [String: UInt8] = [:]

    /// Makes a format's columns and sets known to the patterns that follow.
    mutating func begin(columns: [String], sets: [String: [String]]) {
        self.sets = sets
        slots = [:]
        for (slot, column) in columns.enumerated() { slots[column] = UInt8(slot) }
        setNumbers = [:]
        for (name, texts) in sets.sorted(by: { $0.key < $1.key }) { setNumbers[name] = addSet(texts) }
    }

    /// Compiles `nodes` and gives the entry of the program.
    mutating func add(_ nodes: [PatternNode]) -> Int {
        let entry = code.count
        emit(nodes[...], following: [])
        code.append(Instruction(operation: .accept))
        return entry
    }

    private mutating func addSet(_ texts: [String]) -> Int32 {
        let number = Int32(setIndex.count / 257)
        // The longest first, so that the first that stands at a place is the longest.
        let sorted = texts.map { Array($0.utf8) }.filter { !$0.isEmpty }.sorted {
            ($0[0], $1.count) < ($1[0], $0.count)
        }
        var firsts: [Int32] = []
        var next = 0
        for byte in 0...256 {
            while next < sorted.count, Int(sorted[next][0]) < byte { next += 1 }
            firsts.append(Int32(members.count + next))
        }
        setIndex += firsts
        for text in sorted { addMember(text) }
        return number
    }

    /// Adds words that no pattern refers to and gives their places among the members.
    mutating func addWords(_ texts: [String]) -> Range<Int> {
        let start = members.count
        for text in texts { addMember(Array(text.utf8)) }
        return start..<members.count
    }

    private mutating func addMember(_ text: [UInt8]) {
        let isPrefix = text.last == UInt8(ascii: "*")
        let bytes = isPrefix ? text.dropLast() : text[...]
        members.append(SetMember(offset: Int32(literals.count), count: Int32(bytes.count), isPrefix: isPrefix))
        literals += bytes
    }

    private mutating func emit(_ nodes: ArraySlice<PatternNode>, following: [PatternNode]) {
        for index in nodes.indices {
            let after = Array(nodes[(index + 1)...]) + following
            switch nodes[index] {
            case .literal(let bytes):
                code.append(
                    Instruction(operation: .literal, operand: Int32(literals.count), count: Int32(bytes.count)))
                literals += bytes
            case .space:
                let endsInRest = after.count == 1 && PatternPrefix.isRest(after[0])
                code.append(Instruction(operation: endsInRest ? .spaceOrEnd : .space))
            case .element(let element, let name):
                emit(element, name: name, after: after)
            case .group(let name, let body):
                code.append(Instruction(operation: .open, slot: slots[name] ?? Instruction.noSlot))
                emit(body[...], following: after)
                code.append(Instruction(operation: .close, slot: slots[name] ?? Instruction.noSlot))
            case .optional(let body):
                branch(first: body, second: nil, after: after)
            case .alternatives(let branches):
                emit(branches[...], after: after)
            }
        }
    }

    private mutating func emit(_ element: PatternElement, name: String?, after: [PatternNode]) {
        let slot = name.flatMap { slots[$0] } ?? Instruction.noSlot
        switch element.kind {
        case .text:
            code.append(
                Instruction(
                    operation: .lazy, slot: slot,
                    operand: stopTable(PatternPrefix.firstBytes(of: after[...], sets: sets))))
        case .set, .notSet:
            code.append(
                Instruction(
                    operation: .scan, kind: element.kind, slot: slot, operand: setNumbers[element.setName] ?? 0))
        default:
            code.append(Instruction(operation: .scan, kind: element.kind, argument: element.argument, slot: slot))
        }
    }

    private mutating func emit(_ branches: ArraySlice<[PatternNode]>, after: [PatternNode]) {
        guard let first = branches.first else { return }
        if branches.count == 1 {
            emit(first[...], following: after)
        } else {
            branch(first: first, second: branches.dropFirst(), after: after)
        }
    }

    /// `first`, or if that fails `second`, or nothing.
    private mutating func branch(first: [PatternNode], second: ArraySlice<[PatternNode]>?, after: [PatternNode]) {
        let split = code.count
        code.append(Instruction(operation: .split))
        emit(first[...], following: after)
        let jump = code.count
        code.append(Instruction(operation: .jump))
        code[split].operand = Int32(code.count)
        for name in first.flatMap(\.names) {
            if let slot = slots[name] { code.append(Instruction(operation: .clear, slot: slot)) }
        }
        if let second { emit(second, after: after) }
        code[jump].operand = Int32(code.count)
    }

    private mutating func stopTable(_ bytes: ByteSet) -> Int32 {
        if let known = stopTables[bytes] { return known }
        let offset = Int32(stops.count)
        for byte in UInt8.min...UInt8.max { stops.append(bytes.contains(byte)) }
        stopTables[bytes] = offset
        return offset
    }
}
