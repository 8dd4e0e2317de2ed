import BERT
import Embedding
import Foundation
import MatrixMath
import ProgramStart
import TocsinCore
import WordPiece

// Answers the commands of compare.py, one a line on standard input, with one JSON line each. All figures of texts are
// of the whole engine: WordPiece, the queue between callers and the forward passes; the vector cache is off.

ProgramStart.chooseOpenBLASCore { FileHandle.standardError.write(Data(($0 + "\n").utf8)) }
let arguments = CommandLine.arguments
guard arguments.count == 4, let threads = Int(arguments[3]) else {
    FileHandle.standardError.write(Data("usage: encoder-bench ENCODER TEXTS THREADS\n".utf8))
    exit(2)
}
let checkpoint = try Checkpoint(directory: arguments[1])
let engine = EmbeddingEngine(checkpoint, options: EmbeddingOptions(threads: threads, maxCacheBytes: 0))
let tokenizer = WordPieceTokenizer(vocabulary: checkpoint.vocabulary)
let texts = [UInt8](try Data(contentsOf: URL(fileURLWithPath: arguments[2]))).split(separator: 10).map { Array($0) }
let tokenIDs = texts.map { tokenizer.tokenIDs(of: $0) }
let tokenCount = tokenIDs.reduce(0) { $0 + $1.count }
await engine.warmUp()

func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }

func block(_ texts: some Sequence<[UInt8]>) -> LineBlock {
    var block = LineBlock()
    for text in texts { block.append(text) }
    return block
}

/// Seconds to embed all texts, handed over in the order that `order` gives.
func embedAll(_ order: [Int]) async throws -> Double {
    let batch = EmbedBatch(texts: block(order.map { texts[$0] }))
    let start = ContinuousClock.now
    let answer = try await engine.embed(batch)
    precondition(answer.tokenCounts.reduce(0, +) == tokenCount, "the engine lost tokens")
    return seconds(start.duration(to: .now))
}

/// Median seconds of one text alone, over the first `count` texts.
func latency(_ count: Int) async throws -> Double {
    var times: [Double] = []
    for text in texts.prefix(count) {
        let start = ContinuousClock.now
        _ = try await engine.embed(EmbedBatch(texts: block([text])))
        times.append(seconds(start.duration(to: .now)))
    }
    return times.sorted()[times.count / 2]
}

func answer(_ values: [String: Any]) throws {
    FileHandle.standardOutput.write(try JSONSerialization.data(withJSONObject: values) + Data([10]))
}

let sizes = checkpoint.configuration
try answer([
    "core": OpenBLAS.coreName, "texts": texts.count, "tokens": tokenCount,
    "flops": 2.0 * Double(tokenCount) * Double(sizes.layerCount)
        * Double(4 * sizes.hiddenSize * sizes.hiddenSize + 2 * sizes.hiddenSize * sizes.intermediateSize),
    "ids": tokenIDs.map { $0.map { Int($0) } },
])
let arrival = Array(texts.indices)
let sorted = arrival.sorted { tokenIDs[$0].count < tokenIDs[$1].count }
while let command = readLine() {
    switch command {
    case "arrival": try answer(["seconds": await embedAll(arrival)])
    case "sorted": try answer(["seconds": await embedAll(sorted)])
    case "products":
        let products = LinearProducts(checkpoint.configuration, tokens: tokenCount, rows: engine.options.maxBatchTokens)
        try answer(["seconds": seconds(products.time(threads: threads))])
    case "latency": try answer(["seconds": try await latency(60)])
    default: exit(0)
    }
}
