/// One step of a compiled pattern.
struct Instruction: BitwiseCopyable, Hashable {
    enum Operation: UInt8 {
        /// `count` bytes of the literal pool at `operand`.
        case literal
        /// One or more bytes of white space.
        case space
        /// The same, or the line's end.
        case spaceOrEnd
        /// An element that is read in one go.
        case scan
        /// As few bytes as possible; `operand` is the table of bytes that may come after.
        case lazy
        /// Notes where a group begins, or ends.
        case open, close
        /// Goes on; if that fails, goes on at `operand`.
        case split
        case jump
        /// Forgets what a branch that failed had captured.
        case clear
        /// The line's end.
        case accept
    }

    var operation: Operation
    var kind = PatternElement.Kind.word
    var argument: UInt8 = 0
    /// The capture that this step fills, or `noSlot`.
    var slot = noSlot
    var operand: Int32 = 0
    var count: Int32 = 0

    static let noSlot = UInt8.max
}

/// A place to go back to when a match fails.
struct Choice {
    var instruction: Int32
    var position: Int32
    /// Where a lazy element began; -1 for a branch.
    var lazyStart: Int32
}

/// All compiled patterns of a library, in memory that never changes after it is built.
struct ProgramView {
    var code: UnsafePointer<Instruction>
    var literals: UnsafePointer<UInt8>
    /// Tables of 256 flags.
    var stops: UnsafePointer<Bool>
    /// Per set 257 offsets into `members`, one per first byte.
    var setIndex: UnsafePointer<Int32>
    var members: UnsafePointer<SetMember>

    /// How many times one match may go back; a line that needs more does not fit.
    static let backtrackLimit = 4096
    /// How many places to go back to may be open at once.
    static let choiceLimit = 64
    /// The most bytes a lazy element takes.
    static let lazyLimit = 512
}

/// A member of a set, in the literal pool.
struct SetMember {
    var offset: Int32
    var count: Int32
    /// True where it ended in `*`: any more bytes of a name belong to it.
    var isPrefix: Bool
}

extension ProgramView {
    /// Matches the pattern at `entry` against the bytes from `start` to the scanner's end, all of them.
    ///
    /// - Parameter captures: one range per column of the format; those that the match fills are overwritten.
    func run(
        _ entry: Int, _ scanner: ByteScanner, from start: Int, captures: UnsafeMutablePointer<FieldRange>,
        choices: UnsafeMutablePointer<Choice>
    ) -> Bool {
        let base = scanner.base
        let end = scanner.end
        var pc = entry
        var position = start
        var depth = 0
        var backtracks = 0
        var lazyStart = -1
        while true {
            let step = code[pc]
            var next = -1
            switch step.operation {
            case .literal, .space, .spaceOrEnd:
                next = read(step, scanner, position)
            case .scan:
                next = read(step, scanner, position)
                if next >= 0, step.slot != Instruction.noSlot {
                    captures[Int(step.slot)] = FieldRange(start: Int32(position), end: Int32(next))
                }
            case .lazy:
                if lazyStart < 0 { lazyStart = position }
                var candidate = max(position, lazyStart + 1)
                let limit = min(end, lazyStart + Self.lazyLimit)
                let table = stops + Int(step.operand)
                while candidate < limit, !table[Int(base[candidate])] { candidate += 1 }
                if candidate < limit, depth < Self.choiceLimit {
                    if step.slot != Instruction.noSlot {
                        captures[Int(step.slot)] = FieldRange(start: Int32(lazyStart), end: Int32(candidate))
                    }
                    choices[depth] = Choice(
                        instruction: Int32(pc), position: Int32(candidate + 1), lazyStart: Int32(lazyStart))
                    depth += 1
                    next = candidate
                }
                lazyStart = -1
            case .open:
                captures[Int(step.slot)].start = Int32(position)
                next = position
            case .close:
                captures[Int(step.slot)].end = Int32(position)
                next = position
            case .split:
                if depth < Self.choiceLimit {
                    choices[depth] = Choice(instruction: step.operand, position: Int32(position), lazyStart: -1)
                    depth += 1
                    next = position
                }
            case .jump:
                pc = Int(step.operand)
                continue
            case .clear:
                captures[Int(step.slot)] = .unset
                next = position
            case .accept:
                if position == end { return true }
            }
            if next >= 0 {
                position = next
                pc += 1
                continue
            }
            backtracks += 1
            guard depth > 0, backtracks < Self.backtrackLimit else { return false }
            depth -= 1
            pc = Int(choices[depth].instruction)
            position = Int(choices[depth].position)
            lazyStart = Int(choices[depth].lazyStart)
        }
    }

    /// The place after a step that is read in one way only, or -1 where it does not fit.
    @inline(__always) func read(_ step: Instruction, _ scanner: ByteScanner, _ position: Int) -> Int {
        switch step.operation {
        case .literal:
            let count = Int(step.count)
            guard position + count <= scanner.end else { return -1 }
            let literal = literals + Int(step.operand)
            for index in 0..<count where scanner.base[position + index] != literal[index] { return -1 }
            return position + count
        case .space, .spaceOrEnd:
            let next = scanner.spaces(position)
            let isMissing = next == position && (step.operation == .space || position != scanner.end)
            return isMissing ? -1 : next
        default:
            return scan(step, scanner, position)
        }
    }

    @inline(__always) private func scan(_ step: Instruction, _ scanner: ByteScanner, _ position: Int) -> Int {
        switch step.kind {
        case .word: scanner.word(position)
        case .host: scanner.host(position)
        case .name: scanner.name(position)
        case .rest: scanner.end
        case .integer: scanner.integer(position)
        case .signed: scanner.signed(position)
        case .digits: scanner.digits(position, count: Int(step.argument))
        case .hex: scanner.hex(position)
        case .until: scanner.until(step.argument, position)
        case .quoted: scanner.quoted(position)
        case .month: scanner.month(position)
        case .weekday: scanner.weekday(position)
        case .day: scanner.day(position)
        case .year: scanner.digits(position, count: 4)
        case .clock: scanner.clock(position)
        case .date: scanner.date(position)
        case .dateTime: scanner.dateTime(position)
        case .isoTime:
            position + 10 < scanner.end && scanner.base[position + 10] == UInt8(ascii: "T")
                ? scanner.dateTime(position) : -1
        case .brackets: scanner.brackets(position)
        case .level: SeverityTable.scan(scanner, position)
        case .set: member(set: Int(step.operand), scanner, position)
        case .notSet: member(set: Int(step.operand), scanner, position) < 0 ? position : -1
        case .appName: scanner.appName(position)
        case .text: -1
        }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        ByteScanner.isLetter(byte) || byte &- 48 < 10 || byte == UInt8(ascii: "_")
    }

    /// The end of the longest member of a set that stands at `position`, or -1.
    private func member(set: Int, _ scanner: ByteScanner, _ position: Int) -> Int {
        guard position < scanner.end else { return -1 }
        let index = setIndex + set * 257 + Int(scanner.base[position])
        for candidate in Int(index[0])..<Int(index[1]) {
            let member = members[candidate]
            let count = Int(member.count)
            guard position + count <= scanner.end else { continue }
            var offset = 1
            let bytes = literals + Int(member.offset)
            while offset < count, scanner.base[position + offset] == bytes[offset] { offset += 1 }
            guard offset == count else { continue }
            var next = position + count
            if member.isPrefix {
                while next < scanner.end, ByteScanner.isNameByte(scanner.base[next]) { next += 1 }
                return next
            }
            if next == scanner.end || !Self.isWordByte(scanner.base[next]) { return next }
        }
        return -1
    }
}
