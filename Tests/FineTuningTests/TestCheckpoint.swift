import BERT
import TestEncoder

/// The checkpoint that this module's tests share: its hash takes longer than they do.
enum TestCheckpoint {
    private static let checkpoint = Result { try Checkpoint(directory: TestEncoder.requireDirectory()) }

    static func loaded() throws -> Checkpoint { try checkpoint.get() }
}
