import Testing

@testable import ServiceKit

@Suite("TLS state machine")
struct TLSStateMachineTests {
    private func open() -> TLSStateMachine {
        var machine = TLSStateMachine()
        _ = machine.activate()
        machine.handshakeFinished()
        return machine
    }

    @Test("the handshake begins once")
    func activation() {
        var machine = TLSStateMachine()
        #expect(machine.acceptsWrites && !machine.encryptsOutput)
        #expect(machine.activate() == true)
        #expect(machine.activate() == false)
        #expect(machine.isHandshaking && machine.acceptsWrites && !machine.encryptsOutput && !machine.deliversInput)
        machine.handshakeFinished()
        #expect(machine.isOpen && machine.acceptsWrites && machine.encryptsOutput && machine.deliversInput)
    }

    @Test("close sends what is held, then close_notify, then awaits the peer")
    func orderlyClose() {
        var machine = open()
        #expect(machine.close() == .finish)
        #expect(!machine.acceptsWrites && machine.encryptsOutput && machine.owesCloseNotify && !machine.deliversInput)
        #expect(machine.readsInput, "the peer's close_notify is still to come")
        machine.closeNotifySent()
        #expect(!machine.encryptsOutput && machine.isOutputClosed && !machine.isDone)
        #expect(machine.close() == .join)
        #expect(machine.receivedCloseNotify(allowsHalfClosure: true) == .ignore)
        #expect(machine.isDone)
        #expect(machine.transportClosed() == .expected)
        #expect(machine.close() == .alreadyClosed)
    }

    @Test("the peer's close_notify ends the connection, or with half-closure its input only")
    func peerCloses() {
        var machine = open()
        #expect(machine.receivedCloseNotify(allowsHalfClosure: false) == .close)
        machine = open()
        #expect(machine.receivedCloseNotify(allowsHalfClosure: true) == .signalInputClosed)
        #expect(machine.encryptsOutput && machine.acceptsWrites && !machine.deliversInput)
        #expect(machine.closeOutput() == .close, "both directions are done then")
        #expect(machine.close() == .finish)
        machine.closeNotifySent()
        #expect(machine.isDone)
    }

    @Test("output closes in any state, once")
    func closeOutput() {
        var machine = open()
        #expect(machine.closeOutput() == .follows)
        #expect(machine.closeOutput() == .alreadyClosed)
        #expect(machine.owesCloseNotify && machine.deliversInput && !machine.acceptsWrites)
        machine.closeNotifySent()
        #expect(machine.isOutputClosed && machine.deliversInput)
        #expect(machine.receivedCloseNotify(allowsHalfClosure: true) == .close)

        machine = TLSStateMachine()
        _ = machine.activate()
        #expect(machine.closeOutput() == .follows)
        #expect(!machine.acceptsWrites && !machine.owesCloseNotify)
        machine.handshakeFinished()
        #expect(machine.owesCloseNotify)
    }

    @Test("close before the end of the handshake says nothing to the peer")
    func closeEarly() {
        var machine = TLSStateMachine()
        #expect(machine.close() == .closeTransport)
        machine = TLSStateMachine()
        _ = machine.activate()
        #expect(machine.close() == .closeTransport)
        #expect(machine.transportClosed() == .expected)
    }

    @Test("a failure is news once and stops all output")
    func failure() {
        var machine = open()
        #expect(machine.fail() == true)
        #expect(machine.fail() == false)
        #expect(machine.isEnding && machine.isOutputClosed && !machine.acceptsWrites && !machine.owesCloseNotify)
        machine = open()
        _ = machine.close()
        #expect(machine.fail() == true, "in the midst of closing it is news too")
        machine = TLSStateMachine()
        _ = machine.close()
        #expect(machine.fail() == false)
    }

    @Test("the end of the transport is told apart by what came before")
    func transportClosed() {
        var machine = TLSStateMachine()
        #expect(machine.transportClosed() == .expected)
        machine = TLSStateMachine()
        _ = machine.activate()
        #expect(machine.transportClosed() == .closedInHandshake)
        machine = open()
        #expect(machine.transportClosed() == .truncated)
        machine = open()
        _ = machine.receivedCloseNotify(allowsHalfClosure: true)
        #expect(machine.transportClosed() == .expected)
    }
}
