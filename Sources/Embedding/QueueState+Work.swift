internal import BERT
internal import TocsinCore

// What goes into the queue and what comes out of it: to threads and to calls.
extension QueueState {
    /// A text that a call wants.
    struct Request: Sendable {
        let row: Int
        let key: TextKey
        let tokenIDs: [Int32]
    }

    /// Texts that a thread computes in one pass, with one encoder's weights.
    struct Work: Sendable {
        struct Item: Sendable {
            let flight: Int
            let key: TextKey
            let tokenIDs: [Int32]
        }

        let encoder: EncoderKey
        var items: [Item] = []
        var tokenCount = 0
        /// How long the first of them waited.
        let waited: Duration
        /// Threads that have nothing else to do and may compute parts of the pass.
        var helpers = 0
    }

    /// Computes parts of another thread's pass with this thread's workspace.
    typealias Help = @Sendable (Workspace) -> Void

    /// What a call gets in the end: its results by row, and where its time went.
    struct Answer: Sendable {
        var embeddings: [Int: TextEmbedding] = [:]
        var timings = EmbeddingTimings()
    }

    typealias Completion = CallEnd<Answer>

    /// What a thread that asks for work gets.
    enum Turn {
        case work(Work)
        case help(Help)
        /// A text whose tokens are to be weighed.
        case attribution(WaitingAttributions.Work)
        /// Nothing yet; look again when something is submitted, or after this long.
        case wait(Duration?)
        case stop
    }
}
