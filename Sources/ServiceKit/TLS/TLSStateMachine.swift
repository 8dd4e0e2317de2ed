/// The life of one TLS connection as its handler sees it: which direction is open, and what an event leads to.
///
/// Knows no bytes and no channel. Illegal orders of events are programmer mistakes of the handler.
struct TLSStateMachine {
    enum Direction: Hashable {
        case open
        /// Output only: closes once what is flushed has been encrypted.
        case closing
        case closed
    }

    enum State: Hashable {
        case idle
        /// Writes are held; `closesOutput`: close_notify follows what is held.
        case handshaking(closesOutput: Bool)
        case open(input: Direction, output: Direction)
        /// The end was decided. What comes in is discarded; the last bytes (close_notify or an alert) leave first,
        /// then the peer's end is awaited.
        case ending(output: Direction, isPeerDone: Bool)
        case closed
    }

    private(set) var state = State.idle

    /// Whether a handshake step is due.
    var isHandshaking: Bool {
        if case .handshaking = state { true } else { false }
    }

    /// Whether received plaintext belongs to the next handler.
    var deliversInput: Bool {
        if case .open(.open, _) = state { true } else { false }
    }

    /// Whether received ciphertext is worth decrypting: the peer's close_notify is awaited after our own too.
    var readsInput: Bool {
        switch state {
        case .open(.open, _), .ending(_, isPeerDone: false): true
        case .idle, .handshaking, .open, .ending, .closed: false
        }
    }

    /// Whether the handshake is done and the end not decided.
    var isOpen: Bool {
        if case .open = state { true } else { false }
    }

    /// Whether held plaintext may be encrypted.
    var encryptsOutput: Bool {
        switch state {
        case .open(_, let output), .ending(let output, _): output != .closed
        case .idle, .handshaking, .closed: false
        }
    }

    /// Whether close_notify is due once all held plaintext is encrypted.
    var owesCloseNotify: Bool {
        switch state {
        case .open(_, .closing), .ending(.closing, _): true
        default: false
        }
    }

    /// Whether nothing more will be said to the peer after what has been made, while the transport is still there.
    var isOutputClosed: Bool {
        switch state {
        case .open(_, .closed), .ending(.closed, _): true
        case .idle, .handshaking, .open, .ending, .closed: false
        }
    }

    /// Whether the end was decided and the transport is still there.
    var isEnding: Bool {
        if case .ending = state { true } else { false }
    }

    /// Whether new writes are taken.
    var acceptsWrites: Bool {
        switch state {
        case .idle, .handshaking(closesOutput: false), .open(_, .open): true
        case .handshaking(closesOutput: true), .open, .ending, .closed: false
        }
    }

    /// The transport is connected. Returns whether the handshake begins now.
    mutating func activate() -> Bool {
        guard state == .idle else { return false }
        state = .handshaking(closesOutput: false)
        return true
    }

    mutating func handshakeFinished() {
        guard case .handshaking(let closesOutput) = state else { preconditionFailure("handshake finished in \(state)") }
        state = .open(input: .open, output: closesOutput ? .closing : .open)
    }

    enum CloseOutput: Hashable {
        /// close_notify follows by `owesCloseNotify`.
        case follows
        /// The peer is done too: the connection ends.
        case close
        case alreadyClosed
    }

    /// The owner will write no more.
    mutating func closeOutput() -> CloseOutput {
        switch state {
        case .idle, .handshaking(closesOutput: true), .open(_, .closing), .open(_, .closed), .ending, .closed:
            return .alreadyClosed
        case .handshaking(closesOutput: false):
            state = .handshaking(closesOutput: true)
            return .follows
        case .open(.closed, .open):
            return .close
        case .open(let input, .open):
            state = .open(input: input, output: .closing)
            return .follows
        }
    }

    enum Close: Hashable {
        /// Nothing is to be said to the peer: close the transport.
        case closeTransport
        /// What is held leaves first, then close_notify.
        case finish
        /// The end is on its way already.
        case join
        case alreadyClosed
    }

    /// The owner wants the connection to end.
    mutating func close() -> Close {
        switch state {
        case .idle, .handshaking:
            state = .closed
            return .closeTransport
        case .open(let input, let output):
            state = .ending(output: output == .open ? .closing : output, isPeerDone: input == .closed)
            return .finish
        case .ending:
            return .join
        case .closed:
            return .alreadyClosed
        }
    }

    /// Something failed. Returns whether this is news; the alert, if there is one, still leaves.
    mutating func fail() -> Bool {
        switch state {
        case .idle, .handshaking, .open:
            state = .ending(output: .closed, isPeerDone: false)
            return true
        case .ending(.closing, let isPeerDone):
            state = .ending(output: .closed, isPeerDone: isPeerDone)
            return true
        case .ending, .closed:
            return false
        }
    }

    mutating func closeNotifySent() {
        switch state {
        case .open(let input, .closing): state = .open(input: input, output: .closed)
        case .ending(.closing, let isPeerDone): state = .ending(output: .closed, isPeerDone: isPeerDone)
        default: preconditionFailure("close_notify sent in \(state)")
        }
    }

    enum PeerClosed: Hashable {
        case ignore
        /// The owner may go on writing.
        case signalInputClosed
        /// Both directions are done, or the owner does not speak half-closed.
        case close
    }

    /// The peer's close_notify came.
    mutating func receivedCloseNotify(allowsHalfClosure: Bool) -> PeerClosed {
        switch state {
        case .open(.open, let output):
            state = .open(input: .closed, output: output)
            return allowsHalfClosure && output == .open ? .signalInputClosed : .close
        case .ending(let output, _):
            state = .ending(output: output, isPeerDone: true)
            return .ignore
        case .idle, .handshaking, .open, .closed:
            return .ignore
        }
    }

    /// Whether the transport may be closed once the last bytes have left.
    var isDone: Bool {
        if case .ending(.closed, isPeerDone: true) = state { true } else { false }
    }

    enum TransportClosed: Hashable {
        case expected
        case closedInHandshake
        /// The peer's close_notify is missing.
        case truncated
    }

    /// The transport's input, or all of it, has ended.
    mutating func transportClosed() -> TransportClosed {
        defer { state = .closed }
        switch state {
        case .handshaking: return .closedInHandshake
        case .open(.open, _): return .truncated
        case .idle, .open, .ending, .closed: return .expected
        }
    }
}
