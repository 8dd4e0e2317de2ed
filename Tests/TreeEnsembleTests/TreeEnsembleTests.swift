import Testing

@testable import TreeEnsemble

/// Rows of three columns whose class is written in them, with noise in the last column.
private func separableSet(rows rowCount: Int, classes: Int, seed: UInt64) -> TrainingSet {
    var generator = SplitMix(state: seed)
    var rows: [Float] = []
    var labels: [Int] = []
    for row in 0..<rowCount {
        let label = row % classes
        rows += [
            Float(label) + .random(in: -0.2...0.2, using: &generator), Float(label % 2) * 3,
            .random(in: 0...1, using: &generator),
        ]
        labels.append(label)
    }
    return TrainingSet(rows: rows, columnCount: 3, labels: labels)
}

private struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

private func smallParameters(_ algorithm: TreeParameters.Algorithm, seed: Int = 7) -> TreeParameters {
    var parameters = algorithm == .xgboost ? TreeParameters.xgboost(seed: seed) : .randomForest(seed: seed)
    parameters.rounds = algorithm == .xgboost ? 12 : 1
    parameters.parallelTrees = algorithm == .xgboost ? 1 : 12
    parameters.columnsByNode = 1
    parameters.columnsByTree = 1
    parameters.maxDepth = 4
    return parameters
}

@Suite struct TreeEnsembleTests {
    private static let set = separableSet(rows: 240, classes: 4, seed: 1)

    private static func trained(_ algorithm: TreeParameters.Algorithm = .xgboost, seed: Int = 7) throws -> TreeEnsemble
    {
        try TreeEnsemble.train(
            on: set, classCount: 4, parameters: smallParameters(algorithm, seed: seed), threads: 1)
    }

    private func classes(_ margins: [Float], _ count: Int) -> [Int] {
        stride(from: 0, to: margins.count, by: count).map { start in
            (0..<count).max { margins[start + $0] < margins[start + $1] } ?? -1
        }
    }

    @Test("both algorithms learn classes that are written in the rows", arguments: TreeParameters.Algorithm.allCases)
    func learns(algorithm: TreeParameters.Algorithm) throws {
        let ensemble = try Self.trained(algorithm)
        let unseen = separableSet(rows: 80, classes: 4, seed: 2)
        #expect(ensemble.classCount == 4)
        #expect(ensemble.columnCount == 3)
        let found = classes(try ensemble.margins(rows: unseen.rows), 4)
        #expect(zip(found, unseen.labels).count { $0 == $1 } >= 76)
    }

    @Test("a forest grows as many trees for each class as it is told, all in one round")
    func forest() throws {
        var parameters = smallParameters(.randomForest)
        parameters.parallelTrees = 9
        let forest = try TreeEnsemble.train(on: Self.set, classCount: 4, parameters: parameters, threads: 1)
        let model = String(decoding: try forest.serialized().filter { 32..<127 ~= $0 }, as: UTF8.self)
        // Texts in XGBoost's format have their lengths before them, which are no letters.
        #expect(model.contains(/num_parallel_treeSL?9/))
        #expect(model.contains(/num_treesSL?36/))
        let rows = Self.set.rows
        #expect(try forest.margins(rows: rows, rounds: 1) == forest.margins(rows: rows))
    }

    @Test("settings are read as they were named", arguments: TreeParameters.Algorithm.allCases)
    func names(algorithm: TreeParameters.Algorithm) {
        let parameters = smallParameters(algorithm)
        #expect(TreeParameters(algorithm, named: parameters.byName, seed: 7) == parameters)
        #expect(TreeParameters(algorithm, named: parameters.byName.filter { $0.key != "gamma" }, seed: 7) == nil)
    }

    @Test("the same seed gives the same bytes, another seed others", arguments: TreeParameters.Algorithm.allCases)
    func deterministic(algorithm: TreeParameters.Algorithm) throws {
        let bytes = try Self.trained(algorithm).serialized()
        #expect(try Self.trained(algorithm).serialized() == bytes)
        #expect(try Self.trained(algorithm, seed: 8).serialized() != bytes)
    }

    @Test("an ensemble is the same after saving and loading")
    func roundTrip() throws {
        let ensemble = try Self.trained()
        let loaded = try TreeEnsemble(serialized: ensemble.serialized())
        #expect(try loaded.margins(rows: Self.set.rows) == ensemble.margins(rows: Self.set.rows))
        #expect(try loaded.serialized() == ensemble.serialized())
    }

    @Test("a batch equals its rows one by one")
    func batch() throws {
        let ensemble = try Self.trained()
        let single = try stride(from: 0, to: Self.set.rows.count, by: 3).flatMap {
            try ensemble.margins(rows: Array(Self.set.rows[$0..<$0 + 3]))
        }
        #expect(try ensemble.margins(rows: Self.set.rows) == single)
    }

    @Test("contributions add up to the margin", arguments: TreeParameters.Algorithm.allCases)
    func additive(algorithm: TreeParameters.Algorithm) throws {
        let ensemble = try Self.trained(algorithm)
        let rows = Array(Self.set.rows.prefix(3 * 40))
        let margins = try ensemble.margins(rows: rows)
        let contributions = try ensemble.contributions(rows: rows)
        #expect(contributions.count == 40 * 4 * 4)
        for index in margins.indices {
            let sum = contributions[index * 4..<index * 4 + 4].reduce(0, +)
            #expect(abs(sum - margins[index]) <= 1e-4 * max(1, abs(margins[index])))
        }
    }

    @Test("a weight counts a row as often as it says")
    func weights() throws {
        let rows: [Float] = [0, 0, 0, 0]
        func margins(weights: [Float]) throws -> [Float] {
            var parameters = smallParameters(.xgboost)
            parameters.subsample = 1
            let set = TrainingSet(rows: rows, columnCount: 1, labels: [0, 0, 0, 1], weights: weights)
            return try TreeEnsemble.train(on: set, classCount: 2, parameters: parameters, threads: 1)
                .margins(rows: [0])
        }
        let even = try margins(weights: [1, 1, 1, 1]), heavy = try margins(weights: [1, 1, 1, 30])
        #expect(even[0] > even[1])
        #expect(heavy[0] < heavy[1])
    }

    @Test("training reports each round's held-out loss and stops when told to")
    func report() throws {
        var losses: [Double] = []
        _ = try TreeEnsemble.train(
            on: Self.set, classCount: 4, parameters: smallParameters(.xgboost), threads: 1,
            heldOut: separableSet(rows: 40, classes: 4, seed: 3)
        ) { round in
            losses.append(round.heldOutLoss ?? .nan)
            return round.index < 4
        }
        #expect(losses.count == 5)
        #expect(losses[4] < losses[0])
    }

    @Test("many threads asking at once get what one gets alone")
    func threads() async throws {
        let ensemble = try Self.trained()
        let rows = Self.set.rows
        let expected = try ensemble.margins(rows: rows)
        let contributions = try ensemble.contributions(rows: Array(rows.prefix(30)))
        let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    var wrong = 0
                    for turn in 0..<200 {
                        let start = (task * 37 + turn) % 200
                        let slice = Array(rows[start * 3..<(start + 40) * 3])
                        if try ensemble.margins(rows: slice) != Array(expected[start * 4..<(start + 40) * 4]) {
                            wrong += 1
                        }
                        if turn % 20 == 0,
                            try ensemble.contributions(rows: Array(rows.prefix(30))) != contributions
                        {
                            wrong += 1
                        }
                    }
                    return wrong
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }
}

@Suite struct TreeEnsembleFailureTests {
    @Test("a truncated model is an error with the library's reason", arguments: [0, 1, 7, 100, 1_000])
    func truncated(length: Int) throws {
        let whole = try TreeEnsemble.train(
            on: separableSet(rows: 60, classes: 3, seed: 1), classCount: 3, parameters: smallParameters(.xgboost),
            threads: 1
        ).serialized()
        let error = try #require(throws: TreeEnsembleError.self) {
            try TreeEnsemble(serialized: Array(whole.prefix(length)))
        }
        guard case .library(let operation, let reason) = error else { throw error }
        #expect(!operation.isEmpty && !reason.isEmpty)
    }

    @Test("rows of another width are refused")
    func wrongWidth() throws {
        let ensemble = try TreeEnsemble.train(
            on: separableSet(rows: 60, classes: 3, seed: 1), classCount: 3, parameters: smallParameters(.xgboost),
            threads: 1)
        #expect(throws: TreeEnsembleError.wrongValueCount(found: 4, columns: 3)) {
            try ensemble.margins(rows: [1, 2, 3, 4])
        }
        #expect(try ensemble.margins(rows: []) == [])
        #expect(throws: TreeEnsembleError.wrongValueCount(found: 0, columns: 3)) {
            try ensemble.contributions(rows: [])
        }
    }

    @Test(
        "a training set that does not fit together is refused",
        arguments: [
            TrainingSet(rows: [1, 2], columnCount: 1, labels: [0]),
            TrainingSet(rows: [1, 2], columnCount: 1, labels: [0, 3]),
            TrainingSet(rows: [1, 2], columnCount: 1, labels: [0, -1]),
            TrainingSet(rows: [1, 2], columnCount: 1, labels: [0, 1], weights: [1]),
            TrainingSet(rows: [], columnCount: 1, labels: []),
        ])
    func wrongSet(set: TrainingSet) {
        #expect(throws: TreeEnsembleError.self) {
            try TreeEnsemble.train(on: set, classCount: 2, parameters: smallParameters(.xgboost), threads: 1)
        }
    }

    @Test("a wrong parameter is the library's error, with its reason")
    func wrongParameter() {
        var parameters = smallParameters(.xgboost)
        parameters.subsample = 7
        #expect(throws: TreeEnsembleError.self) {
            try TreeEnsemble.train(
                on: separableSet(rows: 60, classes: 3, seed: 1), classCount: 3, parameters: parameters, threads: 1)
        }
    }
}
