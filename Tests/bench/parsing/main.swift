import Drain
import Foundation

// Prints one JSON object a line: the accuracy of each source, then how many messages a second one core takes.
// compare.py runs this beside drain3 on the same messages, in the same order.

guard CommandLine.arguments.count == 3 else {
    print("usage: parsing-bench DATASETS MESSAGES: the folder of data sets, a file with a message a line")
    exit(2)
}
let datasets = CommandLine.arguments[1]

func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

func report(_ fields: [String: Any]) throws {
    let line = try JSONSerialization.data(withJSONObject: fields, options: .sortedKeys)
    print(String(decoding: line, as: UTF8.self))
}

for (truth, suffix) in [("loghub_2k", ".log_structured.csv"), ("loghub_2k_corrected", ".log_structured_corrected.csv")]
{
    let folder = "\(datasets)/\(truth)"
    for file in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where file.hasSuffix(suffix) {
        guard let source = ParsingGroundTruth(csv: try bytes("\(folder)/\(file)")) else { continue }
        let score = source.score()
        try report([
            "truth": truth, "source": String(file.prefix { $0 != "_" }), "GA": score.groupingAccuracy,
            "FGA": score.groupingF1, "PA": score.parsingAccuracy, "FTA": score.templateF1,
        ])
    }
}

let messages = try bytes(CommandLine.arguments[2]).split(
    separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
)
.map { String(decoding: $0, as: UTF8.self) }

/// Processor time: what other programs do on the machine does not count.
func rate(_ work: () -> Void) -> Double {
    let start = clock()
    work()
    return Double(messages.count) / (Double(clock() - start) / Double(CLOCKS_PER_SEC))
}

for _ in 0..<5 {
    var tree = DrainTree()
    let first = rate { for message in messages { _ = tree.add(message) } }
    let again = rate { for message in messages { _ = tree.add(message) } }
    var message = MaskedMessage()
    let masking = rate { for text in messages { message.load(text) } }
    try report([
        "masking": masking, "masking + Drain": first, "masking + Drain, forms seen before": again,
        "templates": tree.count,
    ])
}
