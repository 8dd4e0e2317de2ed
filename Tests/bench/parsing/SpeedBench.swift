import Drain
import Foundation
import LineFeatures
import LogFormats
import LogParsing
import TocsinCore

/// How many lines a second one core takes, stage upon stage. README.md says what each figure includes.
struct SpeedBench {
    /// Lines as they stand in log files, all sources mixed.
    let lines: LineBlock
    /// The messages of the same lines, as the peer gets them.
    let messages: [String]
    let frozenTree: FrozenTree

    /// Lines that are parsed at once, as the tiers exchange them.
    private static let chunkLines = 1024

    /// Processor time: what other programs do on the machine does not count.
    private func rate(_ count: Int, _ work: () throws -> Void) rethrows -> Double {
        let start = clock()
        try work()
        return Double(count) / (Double(clock() - start) / Double(CLOCKS_PER_SEC))
    }

    /// Calls `body` with the bytes of each line.
    private func forEachLine(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        lines.bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            for end in lines.ends {
                body(UnsafeBufferPointer(rebasing: bytes[start..<end]))
                start = end
            }
        }
    }

    /// One round of each stage.
    func round() throws -> [String: Double] {
        var rates: [String: Double] = [:]
        let library = try FormatLibrary.standard()
        let matcher = LineMatcher(library: library)
        var checksum = 0
        rates["detect + parse"] = rate(lines.count) {
            forEachLine { line in
                matcher.match(line)
                checksum &+= matcher.contentBytes.count + matcher.severityNumber + (matcher.timestamp?.hour ?? 0)
            }
        }
        var tree = DrainTree()
        rates["masking + Drain"] = rate(messages.count) { for message in messages { _ = tree.add(message) } }
        rates["masking + Drain, forms seen before"] = rate(messages.count) {
            for message in messages { _ = tree.add(message) }
        }
        var message = MaskedMessage()
        rates["masking"] = rate(messages.count) { for text in messages { message.load(text) } }

        let parser = LineParser(library: library, frozenTree: frozenTree)
        let batches = stride(from: 0, to: lines.count, by: Self.chunkLines).map { start in
            var chunk = LineBlock()
            for line in lines[start..<min(start + Self.chunkLines, lines.count)] { chunk.append(line) }
            return ParseBatch(lines: chunk)
        }
        for name in ["LineParser.parse", "LineParser.parse, forms seen before"] {
            rates[name] = try rate(lines.count) {
                for batch in batches { checksum &+= try parser.parse(batch).lines.count }
            }
        }
        rates["LineParser.parse and every line's strings"] = try rate(lines.count) {
            for batch in batches {
                for line in try parser.parse(batch).lines { checksum &+= try line.get().severityNumber }
            }
        }
        precondition(checksum != 0, "nothing was read")
        return rates
    }
}
