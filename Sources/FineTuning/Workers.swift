internal import Dispatch
internal import Synchronization

// `concurrentPerform` runs each index once, and each index has a worker of its own.
/// Workers that share the items of a list between them.
final class Workers: @unchecked Sendable {
    private let workers: [PieceWorker]

    init(_ workers: [PieceWorker]) { self.workers = workers }

    /// The results of items `0..<count`, in their order; each is computed by whichever worker is free.
    func map<Result: Sendable>(_ count: Int, _ body: @Sendable (PieceWorker, Int) -> Result) -> [Result] {
        let next = Atomic(0)
        let results = Mutex([Int: Result]())
        DispatchQueue.concurrentPerform(iterations: workers.count) { index in
            while true {
                let item = next.add(1, ordering: .relaxed).oldValue
                guard item < count else { return }
                let result = body(workers[index], item)
                results.withLock { $0[item] = result }
            }
        }
        return results.withLock { results in (0..<count).compactMap { results[$0] } }
    }
}
