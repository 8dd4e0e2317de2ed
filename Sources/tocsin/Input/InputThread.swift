internal import Dispatch

/// Runs an actor on a thread of its own, where waiting for input keeps nobody else from working.
final class InputThread: SerialExecutor {
    private let queue = DispatchQueue(label: "tocsin.input")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
}
