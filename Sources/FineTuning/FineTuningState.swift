internal import Foundation

/// How far a training is: written now and then, it lets a killed run go on and end with the same numbers.
public struct FineTuningState: Sendable, Hashable {
    /// What is trained on what, by which options: another training's state is refused.
    public internal(set) var fingerprint: String
    public internal(set) var epoch = 0
    /// How many texts of this epoch's order are done.
    public internal(set) var textsDone = 0
    /// All learned numbers.
    public internal(set) var parameters: [Float]
    var optimizer: AdamW
    /// The numbers of the epoch with the best validation score.
    public internal(set) var best: Best?

    public struct Best: Sendable, Hashable {
        public var epoch: Int
        public var score: Double
        public var parameters: [Float]
    }

    /// Takes one step of the optimiser.
    mutating func update(
        gradient: [Float], learningRate: (Int) -> Float, weightDecay: Float, decays: [Bool]
    ) {
        optimizer.update(
            &parameters, gradient: gradient, learningRate: learningRate, weightDecay: weightDecay, decays: decays)
    }
}

/// Why a training's state could not be read.
public enum FineTuningStateError: Error, Sendable, Equatable {
    case unreadable(path: String, reason: String)
    case otherTraining(path: String)
}

extension FineTuningStateError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "'\(path)' holds no state of a training: \(reason); remove it to begin anew"
        case .otherTraining(let path):
            "'\(path)' is of a training on other data, with another encoder or other options; remove it to begin anew"
        }
    }
}

extension FineTuningState {
    /// The state as a file holds it: JSON, its numbers as little-endian floats in base64.
    private struct File: Codable {
        var fingerprint: String
        var epoch: Int
        var textsDone: Int
        var step: Int
        var parameters: Data
        var firstMoments: Data
        var secondMoments: Data
        var bestEpoch: Int?
        var bestScore: Double?
        var bestParameters: Data?
    }

    /// Writes the state in place of an older one; a run that is killed meanwhile leaves the older one whole.
    public func write(to path: String) throws {
        let file = File(
            fingerprint: fingerprint, epoch: epoch, textsDone: textsDone, step: optimizer.step,
            parameters: Self.data(parameters), firstMoments: Self.data(optimizer.firstMoments),
            secondMoments: Self.data(optimizer.secondMoments), bestEpoch: best?.epoch, bestScore: best?.score,
            bestParameters: best.map { Self.data($0.parameters) })
        try JSONEncoder().encode(file).write(to: URL(filePath: path), options: .atomic)
    }

    /// Reads a state; throws ``FineTuningStateError`` where it is of another training than `fingerprint`.
    public init(path: String, fingerprint: String) throws(FineTuningStateError) {
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: Data(contentsOf: URL(filePath: path)))
        } catch {
            throw .unreadable(path: path, reason: "\(error)")
        }
        guard file.fingerprint == fingerprint else { throw .otherTraining(path: path) }
        let parameters = Self.floats(file.parameters)
        let optimizer = AdamW(
            step: file.step, firstMoments: Self.floats(file.firstMoments),
            secondMoments: Self.floats(file.secondMoments))
        guard optimizer.firstMoments.count == parameters.count, optimizer.secondMoments.count == parameters.count
        else { throw .unreadable(path: path, reason: "its arrays differ in length") }
        self.init(
            fingerprint: fingerprint, epoch: file.epoch, textsDone: file.textsDone, parameters: parameters,
            optimizer: optimizer)
        if let epoch = file.bestEpoch, let score = file.bestScore, let numbers = file.bestParameters {
            best = Best(epoch: epoch, score: score, parameters: Self.floats(numbers))
        }
    }

    private static func data(_ values: [Float]) -> Data {
        values.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
    }

    private static func floats(_ data: Data) -> [Float] {
        stride(from: 0, to: data.count / 4 * 4, by: 4).map { offset in
            Float(
                bitPattern: UInt32(
                    littleEndian: data.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self) }))
        }
    }
}
