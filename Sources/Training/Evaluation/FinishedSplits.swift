internal import Foundation
internal import TocsinCore

/// The verdicts of an evaluation's splits that are done, kept in a file until all are: trainings take long, and a run
/// that was killed need not do them again.
struct FinishedSplits {
    private(set) var table: OutOfFoldTable
    private let path: String

    /// - Parameters:
    ///   - folder: where the file is; made where it is missing.
    ///   - fingerprint: of all that the verdicts depend on: others' splits are not taken for these.
    init(folder: String, fingerprint: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        path = "\(folder)/splits-\(SHA256.hexadecimalDigest(of: Array(fingerprint.utf8)).prefix(12)).tsv"
        table = FileManager.default.fileExists(atPath: path) ? try OutOfFoldTable(path: path) : OutOfFoldTable()
    }

    func contains(_ evaluationProtocol: EvaluationProtocol, split: Int) -> Bool {
        table.verdicts[evaluationProtocol, default: []].contains { $0.split == split }
    }

    mutating func add(_ verdicts: [TemplateVerdict], to evaluationProtocol: EvaluationProtocol) throws {
        table.verdicts[evaluationProtocol, default: []] += verdicts
        try table.write(to: path)
    }

    /// Removes the file: its verdicts are recorded elsewhere.
    func remove() throws { try FileManager.default.removeItem(atPath: path) }
}
