/// A call that has ended and whose caller is to be told.
struct CallEnd<Answer: Sendable> {
    let continuation: CheckedContinuation<Answer, any Error>
    let result: Result<Answer, any Error>

    func resume() { continuation.resume(with: result) }
}
