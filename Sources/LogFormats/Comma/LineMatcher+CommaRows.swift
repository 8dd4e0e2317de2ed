/// Lines that are rows of comma-separated values.
extension LineMatcher {
    /// Reads the line as a row of the layout that fits it best: by the shape of its values, and where two layouts share
    /// a shape, by the words that components and levels use.
    ///
    /// - Parameter forced: the format whose layouts alone are tried; -1 tries all.
    func matchCommaRow(_ scanner: ByteScanner, _ start: Int, forced: Int, _ detection: inout Detection) -> Bool {
        guard tables.layoutCount > 0, row.cut(scanner.base, from: start, to: scanner.end) else { return false }
        let hasLineNumber = isInteger(row.ranges[0])
        var best = (layout: -1, offset: 0, score: -Float.infinity)
        var second = best
        for index in 0..<tables.layoutCount {
            let layout = tables.layouts[index]
            if forced >= 0, layout.format != forced { continue }
            let offset = hasLineNumber && fits(layout, from: 1) ? 1 : 0
            guard offset == 1 || fits(layout, from: 0) else { continue }
            let found = (layout: index, offset: offset, score: score(layout, offset))
            if found.score > best.score {
                if best.layout >= 0, tables.layouts[best.layout].format != layout.format { second = best }
                best = found
            } else if found.score > second.score, tables.layouts[best.layout].format != layout.format {
                second = found
            }
        }
        guard best.layout >= 0 else { return matchHeaderRow(forced: forced, &detection) }
        let layout = tables.layouts[best.layout]
        capture(layout, best.offset)
        detection.base = row.base
        detection.format = layout.format
        detection.runnerUp = second.layout < 0 ? -1 : tables.layouts[second.layout].format
        detection.confidence =
            forced >= 0 ? 1 : Self.confidence(best.score, runnerUp: second.layout < 0 ? nil : second.score)
        takeContent(&detection)
        return true
    }

    private func isInteger(_ range: FieldRange) -> Bool {
        ByteScanner(base: row.base, end: Int(range.end)).integer(Int(range.start)) == Int(range.end)
    }

    private func fits(_ layout: CommaLayout, from offset: Int) -> Bool {
        guard row.count >= layout.columnCount + offset else { return false }
        for index in 0..<layout.columnCount {
            guard fits(tables.layoutColumns[layout.firstColumn + index], row.ranges[index + offset]) else {
                return false
            }
        }
        return true
    }

    private func fits(_ column: CommaLayout.Column, _ range: FieldRange) -> Bool {
        if range.count == 0 { return column.mayBeEmpty }
        if column.check < 0 { return true }
        let scanner = ByteScanner(base: row.base, end: Int(range.end))
        return tables.program.run(
            column.check, scanner, from: Int(range.start), captures: spare, choices: choices)
    }

    /// How well a row that fits does so, in bits.
    private func score(_ layout: CommaLayout, _ offset: Int) -> Float {
        var score = layout.evidence
        let used = layout.columnCount + offset
        // A message may have commas of its own, but a row that ends where the layout does fits better.
        if row.count == used || endsInEvent(after: used) { score += 16 }
        for index in 0..<layout.columnCount {
            let column = tables.layoutColumns[layout.firstColumn + index]
            let value = row.ranges[index + offset]
            for word in column.firstWord..<column.firstWord + column.wordCount
            where isWord(tables.program.members[word], value) {
                score += 12
                break
            }
        }
        return score
    }

    /// A word, or its begin where it ends in `*`.
    private func isWord(_ word: SetMember, _ value: FieldRange) -> Bool {
        let count = Int(word.count)
        guard word.isPrefix ? value.count >= count : value.count == count else { return false }
        let bytes = tables.program.literals + Int(word.offset)
        for offset in 0..<count where row.base[Int(value.start) + offset] != bytes[offset] { return false }
        return true
    }

    private func matchHeaderRow(forced: Int, _ detection: inout Detection) -> Bool {
        let offset = row.equals(0, Array("LineId".utf8)) ? 1 : 0
        for (index, names) in compiled.headers.enumerated() {
            let format = tables.layouts[index].format
            guard forced < 0 || forced == format, names.count > 2, row.count >= names.count + offset,
                names.indices.allSatisfy({ row.equals($0 + offset, names[$0]) })
            else { continue }
            detection.format = format
            detection.confidence = 0.99
            detection.isHeaderRow = true
            return true
        }
        return false
    }

    private func capture(_ layout: CommaLayout, _ offset: Int) {
        clear(captures)
        var last = 0
        for index in 0..<layout.columnCount {
            last = tables.layoutColumns[layout.firstColumn + index].slot
            captures[last] = row.ranges[index + offset]
        }
        let used = layout.columnCount + offset
        if row.count > used, !endsInEvent(after: used) { captures[last].end = Int32(row.end) }
    }

    /// True where the row goes on with an event's id and template, as the rows of structured files do.
    private func endsInEvent(after used: Int) -> Bool {
        guard row.count == used + 2 else { return false }
        let id = row.ranges[used]
        let isEvent = id.count > 1 && row.base[Int(id.start)] == UInt8(ascii: "E")
        return isEvent && isInteger(FieldRange(start: id.start + 1, end: id.end))
    }
}
