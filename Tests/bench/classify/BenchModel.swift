import Classification
import Foundation
import Heads
import LineFeatures
import TocsinCore
import TreeEnsemble

/// A model in the measure: the classifier's whole verdict, and the product alone that peers compute too.
struct BenchModel: Sendable {
    /// What a peer computes of a row.
    enum Product: Sendable {
        case trees(TreeEnsemble)
        case head(TrainedHead, columns: [Int])
    }

    let name: ModelName
    private let engine: ClassificationEngine
    private let encoders: [String]
    /// Nil for a model that no peer computes.
    let product: Product?

    init(_ name: ModelName, engine: ClassificationEngine, modelsDirectory: String) throws {
        self.name = name
        self.engine = engine
        encoders = (engine.models.first { $0.name == name.rawValue }?.encoderVariants ?? []).compactMap { variant in
            // Each variant of the encoder is of the model of its name, and the base encoder of the trees.
            engine.manifest(of: ModelName(rawValue: variant.rawValue) ?? .ml)?.encoderSHA256
        }
        let files = try ModelArtifact(directory: "\(modelsDirectory)/\(name.rawValue)").files
        if let file = files[TreeModel.boosterFileName] {
            product = .trees(try TreeEnsemble(serialized: file))
        } else if let file = files[TrainedHead.fileName] {
            let head = try TrainedHead(json: file)
            product = .head(head, columns: try head.features.columns(among: FeatureTable.lineFeatures.map(\.name)))
        } else {
            product = nil
        }
    }

    /// What the product reads of rows: `[rows, inputs]`.
    func inputs(_ range: Range<Int>, of rows: BenchRows) throws -> [Float] {
        switch product {
        case .trees: try rows.matrix(range)
        case .head(let head, let columns):
            range.flatMap { Array(rows.vectors[$0]) + head.features.scaled(rows.features[$0], columns: columns) }
        case nil: []
        }
    }

    /// The margins of rows, `[rows, classes]`, by the product alone.
    func margins(_ inputs: [Float]) throws -> [Float] {
        switch product {
        case .trees(let trees): try trees.margins(rows: inputs)
        case .head(let head, _): head.head.logits(inputs)
        case nil: []
        }
    }

    /// Rows a second of `callers` that call side by side, each on a thread of its own, for about `seconds`.
    ///
    /// - Parameters:
    ///   - batchSize: rows of a call.
    ///   - isWhole: the classifier's verdict; else the product alone.
    func rate(
        batchSize: Int, callers: Int, isWhole: Bool, seconds: Double, rows: BenchRows
    ) async throws -> Double {
        // A few different batches of few rows are as good as all of them.
        let ranges = (0..<min(rows.count / batchSize, 256)).map { $0 * batchSize..<($0 + 1) * batchSize }
        let batches = isWhole ? ranges.map { rows.batch($0, model: name.rawValue, encoders: encoders) } : []
        let inputs = isWhole ? [] : try ranges.map { try self.inputs($0, of: rows) }
        let start = ContinuousClock.now
        let end = start + .seconds(seconds)
        let calls = try await withThrowingTaskGroup(of: Int.self) { group in
            for caller in 0..<callers {
                group.addTask {
                    var calls = 0
                    repeat {
                        let index = (caller * ranges.count / callers + calls) % ranges.count
                        let count =
                            isWhole
                            ? try engine.classify(batches[index]).predictions.count
                            : try margins(inputs[index]).count / AnomalyClass.count
                        precondition(count == batchSize, "\(count) verdicts on \(batchSize) rows")
                        calls += 1
                    } while ContinuousClock.now < end
                    return calls
                }
            }
            return try await group.reduce(0, +)
        }
        return Double(calls * batchSize) / (start.duration(to: .now) / .seconds(1))
    }
}
