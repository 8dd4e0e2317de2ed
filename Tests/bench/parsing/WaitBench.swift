import Drain
import Foundation
import LogFormats
import LogParsing
import Synchronization
import TocsinCore

/// How long a call that parses one line takes at most while the live tree, full of templates, is read or merged.
struct WaitBench {
    private let parser: LineParser
    private let count: Int

    /// - Parameter count: templates in the tree, which is full with them.
    init(templates count: Int) throws {
        var configuration = LineParser.Configuration()
        configuration.drain.maxTemplates = count
        parser = LineParser(
            library: try .standard(), frozenTree: FrozenTree(typedTexts: []), configuration: configuration,
            liveTree: DrainTree(configuration: configuration.drain, replica: "bench"))
        self.count = count
        let lines = (0..<count).flatMap { event in (0..<4).map { Self.line(event, form: $0) } }
        _ = try parser.parse(ParseBatch(lines: LineBlock(lines)))
    }

    func run() throws {
        try measure("no other call") { Thread.sleep(forTimeInterval: 0.2) }
        try measure("list") { _ = parser.liveTreeCopy().summaries() }
        try measure("snapshot") {
            let state = parser.liveTreeCopy().state
            _ = TemplateSnapshot(replica: "bench", isFinal: false, state: state).encoded()
        }
        try measure("answer Sync calls, from the first to the last") {
            var position: UInt64 = 0
            while true {
                let changes = parser.withLiveTree { $0.changes(after: position, maxBytes: 1 << 18) }
                position = changes.position
                guard changes.hasMore else { break }
            }
        }
        let known = Array(parser.liveTreeCopy().state.records.values)
        try measure("merge what is known") { parser.mergeIntoLiveTree(known) }
        var round = 0
        try measure("merge a new template") {
            round += 1
            var other = DrainTree(replica: "other")
            _ = other.add("news from \(String(repeating: "else", count: round))where")
            parser.mergeIntoLiveTree(Array(other.state.records.values))
        }
    }

    /// The least of three rounds, each with a thread that parses line after line, of one event after the other: other
    /// programs make both times longer.
    private func measure(_ name: String, _ operation: () throws -> Void) throws {
        var times: [Double] = []
        var waits: [Double] = []
        for _ in 0..<3 {
            let longest = Atomic<Int64>(0)
            let isOver = Atomic(false)
            let ended = DispatchSemaphore(value: 0)
            Thread { [parser, count] in
                var index = 0
                while !isOver.load(ordering: .relaxed) {
                    let batch = ParseBatch(lines: LineBlock([Self.line(index % count, form: index % 4)]))
                    let start = ContinuousClock.now
                    _ = try? parser.parse(batch)
                    longest.max(Int64((ContinuousClock.now - start) / .nanoseconds(1)), ordering: .relaxed)
                    index += 1
                }
                ended.signal()
            }.start()
            Thread.sleep(forTimeInterval: 0.05)
            let start = ContinuousClock.now
            try operation()
            times.append((ContinuousClock.now - start) / .milliseconds(1))
            isOver.store(true, ordering: .relaxed)
            ended.wait()
            waits.append(Double(longest.load(ordering: .relaxed)) / 1e6)
        }
        try report([
            "operation": name, "templates": parser.liveTreeCopy().count, "milliseconds": times.min() ?? 0,
            "longestCallMilliseconds": waits.min() ?? 0,
        ])
    }

    /// A line of the event with that number; its four forms differ in a masked value.
    private static func line(_ event: Int, form: Int) -> String {
        let words = (0..<6).map { word(event * 6 + $0) }
        let value = ["17", "10.1.2.3", "/var/log/x\(event)", "12 ms"][form]
        return
            "2026-02-03 07:15:22 INFO \(words[0]) \(words[1]) \(words[2]) of \(value) was \(words[3]) by \(words[4]) "
            + words[5]
    }

    private static let letters = Array("bcdfghjklmnpqrstvwxz")

    /// The number in letters.
    private static func word(_ number: Int) -> String {
        number < 20 ? String(letters[number]) : word(number / 20) + "ae" + word(number % 20)
    }
}
