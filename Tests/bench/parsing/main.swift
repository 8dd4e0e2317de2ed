import Drain
import Foundation
import TocsinCore

// Prints one JSON object a line. compare.py runs this beside drain3, on the same messages in the same order.

func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

func lines(_ path: String) throws -> [ArraySlice<UInt8>] {
    try bytes(path).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
}

func report(_ fields: [String: Any]) throws {
    let line = try JSONSerialization.data(withJSONObject: fields, options: .sortedKeys)
    print(String(decoding: line, as: UTF8.self))
}

let arguments = CommandLine.arguments
switch arguments.dropFirst().first {
case "accuracy" where arguments.count == 3:
    for truth in AccuracyBench.truths {
        let sources = try AccuracyBench.sources(arguments[2], truth)
        for source in sources {
            try report(
                AccuracyBench.report(source.truth.score()).merging(["truth": truth, "source": source.name]) { $1 })
        }
        try report(["heldOut": AccuracyBench.heldOut(sources), "truth": truth])
    }
case "speed" where arguments.count == 5:
    var block = LineBlock()
    for line in try lines(arguments[2]) { block.append(line) }
    let bench = SpeedBench(
        lines: block, messages: try lines(arguments[3]).map { String(decoding: $0, as: UTF8.self) },
        frozenTree: try FrozenTree(decoding: bytes(arguments[4])))
    for _ in 0..<5 { try report(["rates": try bench.round()]) }
case "waits" where arguments.count == 2:
    try WaitBench(templates: DrainConfiguration().maxTemplates).run()
default:
    print(
        "usage: parsing-bench accuracy DATASETS, parsing-bench speed LINES MESSAGES TEMPLATES, or parsing-bench waits:")
    print("the folder of data sets; files of a line and of a message a line; the frozen tree's file")
    exit(2)
}
