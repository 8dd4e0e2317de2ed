import Drain
import Foundation
import TocsinCore

// Prints one JSON object a line: the accuracy of each source, then how many lines a second one core takes.
// compare.py runs this beside drain3 on the same messages, in the same order.

guard CommandLine.arguments.count == 5 else {
    print("usage: parsing-bench DATASETS LINES MESSAGES TEMPLATES: the folder of data sets, files with a line a line,")
    print("with a message a line, and of the frozen tree")
    exit(2)
}
let arguments = CommandLine.arguments

func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

func lines(_ path: String) throws -> [ArraySlice<UInt8>] {
    try bytes(path).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
}

func report(_ fields: [String: Any]) throws {
    let line = try JSONSerialization.data(withJSONObject: fields, options: .sortedKeys)
    print(String(decoding: line, as: UTF8.self))
}

for (truth, suffix) in [("loghub_2k", ".log_structured.csv"), ("loghub_2k_corrected", ".log_structured_corrected.csv")]
{
    let folder = "\(arguments[1])/\(truth)"
    for file in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where file.hasSuffix(suffix) {
        guard let source = ParsingGroundTruth(csv: try bytes("\(folder)/\(file)")) else { continue }
        let score = source.score()
        try report([
            "truth": truth, "source": String(file.prefix { $0 != "_" }), "GA": score.groupingAccuracy,
            "FGA": score.groupingF1, "PA": score.parsingAccuracy, "FTA": score.templateF1,
        ])
    }
}

var block = LineBlock()
for line in try lines(arguments[2]) { block.append(line) }
let bench = SpeedBench(
    lines: block, messages: try lines(arguments[3]).map { String(decoding: $0, as: UTF8.self) },
    frozenTree: try FrozenTree(decoding: bytes(arguments[4])))
for _ in 0..<5 { try report(["rates": try bench.round()]) }
