internal import CXGBoost

/// Why trees could not be trained, loaded or asked.
public enum TreeEnsembleError: Error, Sendable, Equatable {
    /// libxgboost refused; `reason` is its own first line.
    case library(operation: String, reason: String)
    /// Rows are not as wide as the ensemble, or not a whole number of rows.
    case wrongValueCount(found: Int, columns: Int)
    /// The ensemble is not of the shape that its user expects.
    case wrongShape(foundColumns: Int, foundClasses: Int, expectedColumns: Int, expectedClasses: Int)
    /// Labels, weights and rows are not equally many, or a label is no class.
    case wrongTrainingSet(String)
}

extension TreeEnsembleError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .library(let operation, let reason):
            "libxgboost failed at \(operation): \(reason)"
        case .wrongValueCount(let found, let columns):
            "\(found) values are no whole number of rows of \(columns) columns"
        case .wrongShape(let foundColumns, let foundClasses, let expectedColumns, let expectedClasses):
            "the ensemble has \(foundColumns) columns and \(foundClasses) classes in place of \(expectedColumns) and "
                + "\(expectedClasses); it was trained for another task"
        case .wrongTrainingSet(let reason):
            "the training set is not usable: \(reason)"
        }
    }
}

/// Turns a status of the C API into an error that carries the library's message.
func check(_ status: CInt, _ operation: String) throws(TreeEnsembleError) {
    guard status != 0 else { return }
    let message = XGBGetLastError().map { String(cString: $0) } ?? ""
    // The message is a C++ stack trace below its first line, which starts with `[time] file:line: `.
    let firstLine = message.split(separator: "\n").first { !$0.isEmpty } ?? "no reason given"
    throw .library(operation: operation, reason: String(firstLine))
}
