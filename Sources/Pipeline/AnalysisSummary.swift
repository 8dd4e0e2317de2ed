public import TocsinCore

/// What a set of verdicts amounts to.
public struct AnalysisSummary: Sendable, Hashable {
    /// How many lines have each class, by class index.
    public private(set) var classCounts: [Int]
    /// How many lines have each log type, in the order of first appearance.
    public private(set) var logTypeCounts: [(logType: String, count: Int)]
    /// How many lines have no verdict.
    public private(set) var failures: Int
    private var logTypeIndex: [String: Int]

    public init() {
        classCounts = Array(repeating: 0, count: AnomalyClass.count)
        logTypeCounts = []
        failures = 0
        logTypeIndex = [:]
    }

    public mutating func add(_ result: ItemResult<LineAnalysis>) {
        switch result {
        case .failure:
            failures += 1
        case .success(let line):
            classCounts[line.prediction.anomalyClass.rawValue] += 1
            add(1, of: line.parsed.logType)
        }
    }

    /// Adds what a set of further verdicts amounts to.
    public mutating func add(_ other: AnalysisSummary) {
        failures += other.failures
        for (index, count) in other.classCounts.enumerated() { classCounts[index] += count }
        for (logType, count) in other.logTypeCounts { add(count, of: logType) }
    }

    private mutating func add(_ count: Int, of logType: String) {
        if let index = logTypeIndex[logType] {
            logTypeCounts[index].count += count
        } else {
            logTypeIndex[logType] = logTypeCounts.count
            logTypeCounts.append((logType, count))
        }
    }

    public func count(of anomalyClass: AnomalyClass) -> Int { classCounts[anomalyClass.rawValue] }

    /// The number of lines that have a verdict.
    public var verdicts: Int { classCounts.reduce(0, +) }

    /// The share of the verdicts that are not `normal`, in 0...1; 0 where there is no verdict.
    public var anomalyRate: Double {
        verdicts == 0 ? 0 : Double(verdicts - count(of: .normal)) / Double(verdicts)
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.classCounts == right.classCounts && left.failures == right.failures
            && left.logTypeCounts.elementsEqual(right.logTypeCounts, by: ==)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(classCounts)
        hasher.combine(failures)
        for (logType, count) in logTypeCounts {
            hasher.combine(logType)
            hasher.combine(count)
        }
    }
}
