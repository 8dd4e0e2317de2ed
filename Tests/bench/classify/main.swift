import BERT
import Classification
import Embedding
import Foundation
import LineFeatures
import MatrixMath
import ProgramStart
import TocsinCore
import Training

// Answers the commands of compare.py, one a line on standard input, with one JSON line each.

ProgramStart.chooseOpenBLASCore { FileHandle.standardError.write(Data(($0 + "\n").utf8)) }
let arguments = CommandLine.arguments
guard arguments.count == 6, let rowCount = Int(arguments[4]) else {
    FileHandle.standardError.write(Data("usage: classify-bench MODELS CORPUS ENCODER ROWS FILE-FOR-ROWS\n".utf8))
    exit(2)
}

func answer(_ values: [String: Any]) throws {
    FileHandle.standardOutput.write(try JSONSerialization.data(withJSONObject: values) + Data([10]))
}

let encoder = EmbeddingEngine(
    try Checkpoint(directory: arguments[3]), options: EmbeddingOptions(threads: 2, maxCacheBytes: 0))
let rows = try await BenchRows(
    count: rowCount, corpus: Corpus(directory: arguments[2]), modelsDirectory: arguments[1], encoder: encoder)
await encoder.shutDown()
try rows.matrix(0..<rowCount).withUnsafeBytes { try Data($0).write(to: URL(filePath: arguments[5])) }

let engine = try ClassificationEngine(modelsDirectory: arguments[1])
let models = try engine.models.compactMap { ModelName(rawValue: $0.name) }.map {
    try BenchModel($0, engine: engine, modelsDirectory: arguments[1])
}
try answer([
    "models": models.map(\.name.rawValue), "columns": FeatureTable.features.map(\.name), "core": OpenBLAS.coreName,
])
while let line = readLine() {
    let words = line.split(separator: " ").map(String.init)
    guard let model = models.first(where: { $0.name.rawValue == words[1] }) else { exit(2) }
    switch words[0] {
    case "margins":
        let inputs = try model.inputs(0..<rowCount, of: rows)
        try answer(["margins": try model.margins(inputs).map { Double($0) }])
    default:
        try answer([
            "rate": try await model.rate(
                batchSize: Int(words[2]) ?? 1, callers: Int(words[3]) ?? 1, isWhole: words[0] == "whole",
                seconds: Double(words[4]) ?? 1, rows: rows)
        ])
    }
}
