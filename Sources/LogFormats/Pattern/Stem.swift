/// How a pattern begins: the steps before the first one that may be read in several ways.
///
/// Patterns that begin alike share these steps, so that a line is read once for all of them.
struct Stem: BitwiseCopyable {
    /// Its steps and what they fill, in the pools of a `StemTree`.
    var firstStep: Int
    var stepCount: Int
    var firstCapture: Int
    var captureCount: Int
}

/// A column that a stem fills: from where one of its steps ends to where another does.
struct StemCapture: BitwiseCopyable {
    var slot: UInt8
    var first: Int32
    var last: Int32
}

/// The stems of all patterns: a tree of steps, of which each is known by its number; 0 is where the line begins.
struct StemTree {
    private(set) var steps = [Instruction(operation: .space)]
    /// The numbers of each stem's steps, one stem after the other.
    private(set) var paths: [Int32] = []
    private(set) var captures: [StemCapture] = []
    private var numbers: [Edge: Int32] = [:]
    private var literals: [[UInt8]: Int32] = [:]

    private struct Edge: Hashable {
        var parent: Int32
        var step: Instruction
    }

    /// Adds the stem of the program at `entry`, and gives where the program goes on behind it.
    mutating func add(_ entry: Int, of programs: ProgramBuilder) -> (stem: Stem, rest: Int) {
        var stem = Stem(firstStep: paths.count, stepCount: 0, firstCapture: captures.count, captureCount: 0)
        var rest = entry
        var path: [Int32] = []
        var filled: [StemCapture] = []
        /// Where the groups begin that are not closed yet, by slot.
        var open: [UInt8: Int32] = [:]
        for (index, step) in programs.code[entry...].enumerated() {
            let last = path.last ?? 0
            switch step.operation {
            case .literal, .space, .scan:
                path.append(number(of: step, after: last, programs))
                if step.slot != Instruction.noSlot {
                    filled.append(StemCapture(slot: step.slot, first: last, last: path[path.count - 1]))
                }
            case .open: open[step.slot] = last
            case .close:
                filled.append(StemCapture(slot: step.slot, first: open.removeValue(forKey: step.slot) ?? 0, last: last))
            case .spaceOrEnd, .lazy, .split, .jump, .clear, .accept:
                paths += path.prefix(stem.stepCount)
                captures += filled.prefix(stem.captureCount)
                return (stem, rest)
            }
            // A stem ends between groups.
            guard open.isEmpty else { continue }
            stem.stepCount = path.count
            stem.captureCount = filled.count
            rest = entry + index + 1
        }
        preconditionFailure("the program at \(entry) has no end")
    }

    private mutating func number(of step: Instruction, after parent: Int32, _ programs: ProgramBuilder) -> Int32 {
        var step = step
        step.slot = Instruction.noSlot
        if step.operation == .literal {
            let literal = Array(programs.literals[Int(step.operand)..<Int(step.operand + step.count)])
            step.operand = literals[literal] ?? step.operand
            literals[literal] = step.operand
        }
        let edge = Edge(parent: parent, step: step)
        if let known = numbers[edge] { return known }
        numbers[edge] = Int32(steps.count)
        steps.append(step)
        return Int32(steps.count - 1)
    }
}

/// All stems of a library, in memory that never changes after it is built.
struct StemView: BitwiseCopyable {
    var steps: UnsafePointer<Instruction>
    var stepCount: Int
    var paths: UnsafePointer<Int32>
    var captures: UnsafePointer<StemCapture>

    /// What stands in the place of a step's end before it is read.
    static let unread: Int32 = -2

    /// Where the stem ends in a line, or -1 where it does not fit.
    ///
    /// - Parameter ends: where each step ends in this line, `unread`, or -1 where the step does not fit.
    @inline(__always)
    func end(
        of stem: Stem, _ scanner: ByteScanner, _ program: ProgramView, _ ends: UnsafeMutablePointer<Int32>
    ) -> Int {
        var position = ends[0]
        for index in stem.firstStep..<stem.firstStep + stem.stepCount {
            let step = Int(paths[index])
            if ends[step] == Self.unread {
                ends[step] = Int32(truncatingIfNeeded: program.read(steps[step], scanner, Int(position)))
            }
            position = ends[step]
            if position < 0 { return -1 }
        }
        return Int(position)
    }

    /// Fills the columns that a stem that fits says of.
    @inline(__always)
    func fill(
        _ ranges: UnsafeMutablePointer<FieldRange>, by stem: Stem, _ ends: UnsafeMutablePointer<Int32>
    ) {
        for index in stem.firstCapture..<stem.firstCapture + stem.captureCount {
            let capture = captures[index]
            ranges[Int(capture.slot)] = FieldRange(start: ends[Int(capture.first)], end: ends[Int(capture.last)])
        }
    }
}
