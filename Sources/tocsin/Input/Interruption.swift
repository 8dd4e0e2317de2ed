internal import Glibc
internal import Synchronization

/// The first Ctrl-C ends an endless input, so that what was read is summed up; a second one ends the program.
struct Interruption: Sendable {
    /// A signal concerns the whole process, so this does.
    private static let hasCome = Atomic<Bool>(false)

    var isAsked: Bool { Self.hasCome.load(ordering: .relaxed) }

    /// Waits for SIGINT and SIGTERM from now on.
    init() {
        Self.hasCome.store(false, ordering: .relaxed)
        for number in [SIGINT, SIGTERM] {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { _ in Interruption.hasCome.store(true, ordering: .relaxed) }
            // The next one finds what there was without this.
            action.sa_flags = CInt(bitPattern: UInt32(SA_RESETHAND))
            sigaction(number, &action, nil)
        }
    }
}
