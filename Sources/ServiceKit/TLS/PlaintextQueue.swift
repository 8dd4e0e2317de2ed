internal import NIOCore

/// The writes that wait to be encrypted, in order, with their promises and the mark of the last flush.
struct PlaintextQueue {
    private struct Write {
        var buffer: ByteBuffer
        var promise: EventLoopPromise<Void>?
    }

    /// The flushed write that is being encrypted.
    private var front: Write?
    private var writes = MarkedCircularBuffer<Write>(initialCapacity: 8)
    /// All bytes in the queue, flushed or not.
    private(set) var byteCount = 0
    /// Where small writes become one record; empty between calls.
    private var scratch = ByteBuffer()

    var hasFlushed: Bool { front != nil || writes.hasMark }

    mutating func append(_ buffer: ByteBuffer, promise: EventLoopPromise<Void>?) {
        byteCount += buffer.readableBytes
        writes.append(Write(buffer: buffer, promise: promise))
    }

    mutating func markFlush() {
        writes.mark()
    }

    /// Encrypts flushed writes from the front until about `limit` bytes are done.
    ///
    /// Small writes are joined, so that records are full (gRPC's frames come as 9 bytes, then up to 16 KiB); a write
    /// of many records is encrypted where it lies.
    /// - Parameter finished: gains the promises of the writes that are now encrypted to their end.
    mutating func encrypt(
        upTo limit: Int, finished: inout [EventLoopPromise<Void>],
        with encrypt: (UnsafeRawBufferPointer) throws(TLSError) -> Void
    ) throws(TLSError) {
        var done = 0
        defer { scratch.clear() }
        while done + scratch.readableBytes < limit, startNext() {
            let waiting = front!.buffer.readableBytes
            if scratch.readableBytes == 0, waiting >= TLSConnection.recordSize {
                // Its whole records; what remains is joined with what follows.
                let count = min(waiting, max(limit - done, 1)) / TLSConnection.recordSize * TLSConnection.recordSize
                let whole = max(count, TLSConnection.recordSize)
                try Self.consume(whole, of: &front!.buffer, with: encrypt)
                byteCount -= whole
                done += whole
            } else {
                let count = min(TLSConnection.recordSize - scratch.readableBytes, waiting)
                moveToScratch(count)
                if scratch.readableBytes == TLSConnection.recordSize {
                    try Self.consume(scratch.readableBytes, of: &scratch, with: encrypt)
                    scratch.clear()
                    done += TLSConnection.recordSize
                }
            }
            if front!.buffer.readableBytes == 0 {
                if let promise = front!.promise { finished.append(promise) }
                front = nil
            }
        }
        if scratch.readableBytes > 0 { try Self.consume(scratch.readableBytes, of: &scratch, with: encrypt) }
    }

    /// Fails and forgets the writes after the last flush.
    mutating func failUnflushed(_ error: any Error) {
        var flushed = MarkedCircularBuffer<Write>(initialCapacity: 8)
        while writes.hasMark, let write = writes.popFirst() { flushed.append(write) }
        flushed.mark()
        let unflushed = writes
        writes = flushed
        for write in unflushed {
            byteCount -= write.buffer.readableBytes
            write.promise?.fail(error)
        }
    }

    /// Fails and forgets everything.
    mutating func failAll(_ error: any Error) {
        let all = [front].compactMap { $0 } + Array(writes)
        front = nil
        writes = MarkedCircularBuffer(initialCapacity: 8)
        byteCount = 0
        // Last: whoever waits for a promise may call back.
        for write in all { write.promise?.fail(error) }
    }

    private mutating func startNext() -> Bool {
        if front != nil { return true }
        guard writes.hasMark, let next = writes.popFirst() else { return false }
        front = next
        return true
    }

    private mutating func moveToScratch(_ count: Int) {
        front!.buffer.readWithUnsafeReadableBytes { bytes in
            scratch.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
            return count
        }
        byteCount -= count
    }

    private static func consume(
        _ count: Int, of buffer: inout ByteBuffer, with encrypt: (UnsafeRawBufferPointer) throws(TLSError) -> Void
    ) throws(TLSError) {
        do {
            try buffer.withUnsafeReadableBytes { try encrypt(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        } catch let error as TLSError {
            throw error
        } catch {
            preconditionFailure("\(error)")  // `encrypt` throws nothing else; ByteBuffer's `rethrows` forgets it
        }
        buffer.moveReaderIndex(forwardBy: count)
    }
}
