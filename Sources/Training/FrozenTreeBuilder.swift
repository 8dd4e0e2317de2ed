public import Drain
public import LogFormats
internal import LogParsing
internal import TocsinCore

/// Makes the frozen template tree that models read, from the lines that they are trained on.
public enum FrozenTreeBuilder {
    /// Mines the lines' templates, then keeps those that two lines or more are instances of: a line that is alone has
    /// its own masked form as its template anyway.
    public static func build(from lines: [LabelledLine], library: FormatLibrary) throws -> FrozenTree {
        let parser = LineParser(library: library, frozenTree: FrozenTree(typedTexts: []))
        var block = LineBlock()
        for line in lines { block.append(line.line) }
        // The second time each line gets the template that the tree has settled on.
        _ = try parser.parse(ParseBatch(lines: block))
        var counts: [String: Int] = [:]
        for result in try parser.parse(ParseBatch(lines: block)).lines {
            counts[try result.get().template.typedText, default: 0] += 1
        }
        return FrozenTree(typedTexts: counts.filter { $0.value > 1 }.keys)
    }
}
