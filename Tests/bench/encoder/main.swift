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
guard arguments.count == 5, let threads = Int(arguments[3]), let precision = EncoderPrecision(rawValue: arguments[4])
else {
    FileHandle.standardError.write(Data("usage: encoder-bench ENCODER TEXTS THREADS fp32|int8\n".utf8))
    exit(2)
}
let loading = ContinuousClock.now
let checkpoint = try Checkpoint(directory: arguments[1], precision: precision)
let loadSeconds = seconds(loading.duration(to: .now))
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

/// Seconds of all cores that this program has used.
func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Embeds all texts, handed over in the order that `order` gives: how long it took, and how many cores were busy.
func embedAll(_ order: [Int], by engine: EmbeddingEngine) async throws -> [String: Double] {
    let batch = EmbedBatch(texts: block(order.map { texts[$0] }))
    let start = ContinuousClock.now
    let cpuStart = cpuSeconds()
    let answer = try await engine.embed(batch)
    precondition(answer.tokenCounts.reduce(0, +) == tokenCount, "the engine lost tokens")
    let elapsed = seconds(start.duration(to: .now))
    return ["seconds": elapsed, "cores": (cpuSeconds() - cpuStart) / elapsed]
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

/// Seconds that one core takes to cut all texts into ids, `times` times over.
func tokenize(_ times: Int) -> Double {
    var ids: [Int32] = []
    let start = ContinuousClock.now
    for _ in 0..<times {
        ids.removeAll(keepingCapacity: true)
        for text in texts { tokenizer.append(tokenIDsOf: text, to: &ids) }
    }
    precondition(ids.count == tokenCount, "the tokenizer lost tokens")
    return seconds(start.duration(to: .now))
}

func answer(_ values: [String: Any]) throws {
    FileHandle.standardOutput.write(try JSONSerialization.data(withJSONObject: values) + Data([10]))
}

let sizes = checkpoint.configuration
try answer([
    "core": OpenBLAS.coreName, "int8Kernel": Int8Kernel.best.rawValue, "loadSeconds": loadSeconds, "texts": texts.count,
    "tokens": tokenCount,
    "flops": 2.0 * Double(tokenCount) * Double(sizes.layerCount)
        * Double(4 * sizes.hiddenSize * sizes.hiddenSize + 2 * sizes.hiddenSize * sizes.intermediateSize),
    "ids": tokenIDs.map { $0.map { Int($0) } },
])
let arrival = Array(texts.indices)
let sorted = arrival.sorted { tokenIDs[$0].count < tokenIDs[$1].count }
while let line = readLine() {
    let words = line.split(separator: " ")
    switch words.first {
    case "arrival": try answer(await embedAll(arrival, by: engine))
    case "sorted": try answer(await embedAll(sorted, by: engine))
    case "shared":
        // The other way to use the cores: one forward pass at a time, all threads inside each of its products.
        let single = EmbeddingEngine(checkpoint, options: EmbeddingOptions(threads: 1, maxCacheBytes: 0))
        OpenBLAS.threadsPerProduct = threads
        try answer(await embedAll(sorted, by: single))
        OpenBLAS.threadsPerProduct = 1
        await single.shutDown()
    case "products":
        let products = LinearProducts(
            checkpoint.configuration, tokens: tokenCount, rows: engine.options.maxBatchTokens, threads: threads)
        try answer(["seconds": seconds(products.time(threads: threads))])
    case "tokenize": try answer(["seconds": tokenize(words.count > 1 ? Int(words[1]) ?? 1 : 1)])
    case "latency": try answer(["seconds": try await latency(words.count > 1 ? Int(words[1]) ?? 60 : 60)])
    case "vectors":
        let vectors = try await engine.embed(EmbedBatch(texts: block(texts))).vectors
        try answer(["vectors": (0..<texts.count).map { vectors[$0].map { Double($0) } }])
    default: exit(0)
    }
}
