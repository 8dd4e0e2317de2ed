internal import COpenSSL
internal import NIOCore

/// The two ends of libssl's transport as byte buffers: it reads out of what was received and writes into what is to
/// be sent, each byte copied once and no system call made.
///
/// The owner frees the `SSL` that holds `pointer` before this object: libssl calls back into it.
final class ByteBufferBIO {
    /// The BIO, with the one reference that `SSL_set_bio` takes over.
    private(set) var pointer: OpaquePointer!

    /// Ciphertext that libssl has not read yet.
    private var received = ByteBuffer()
    /// Ciphertext to be sent: full chunks, then the one being filled.
    private var chunks: [ByteBuffer] = []
    private var tail = ByteBuffer()

    /// Chunks that were taken, to be filled again once nobody else holds them.
    private var pool: [ByteBuffer] = []
    /// The place in the pool of the chunk that was given out longest ago.
    private var oldest = 0

    /// Fresh memory costs a page fault per 4 KiB, as much as encrypting it: chunks are used again. A connection that
    /// has sent a megabyte at once keeps the pool, 1.25 MiB; others have none of it.
    static let chunkCapacity = 256 * 1024
    private static let poolCapacity = 5

    init() throws(TLSError) {
        OpenSSLErrorQueue.clear()
        guard let method = Self.method.pointer, let pointer = BIO_new(method) else {
            throw .library(step: "making a BIO", reasons: OpenSSLErrorQueue.drainTexts())
        }
        BIO_set_data(pointer, Unmanaged.passUnretained(self).toOpaque())
        BIO_set_init(pointer, 1)
        self.pointer = pointer
    }

    var receivedBytes: Int { received.readableBytes }

    /// Hands libssl bytes that came from the peer.
    func receive(_ buffer: ByteBuffer) {
        if received.readableBytes == 0 {
            received = buffer
        } else {
            received.writeImmutableBuffer(buffer)
        }
    }

    /// Takes what libssl wrote since the last call.
    func takeOutgoing() -> [ByteBuffer] {
        guard tail.readableBytes > 0 else { return [] }
        finishTail()
        defer { chunks.removeAll(keepingCapacity: true) }
        return chunks
    }

    private func finishTail() {
        chunks.append(tail)
        if tail.storageCapacity >= Self.chunkCapacity {
            if pool.count < Self.poolCapacity {
                pool.append(tail)
            } else {
                pool[oldest] = tail
                oldest = (oldest + 1) % Self.poolCapacity
            }
        }
        tail = ByteBuffer()
    }

    /// A chunk of the pool, or a new one while all are in use. `clear` allocates where someone else holds the memory.
    private func takeChunk() -> ByteBuffer {
        guard pool.count == Self.poolCapacity else { return ByteBufferAllocator().buffer(capacity: Self.chunkCapacity) }
        var chunk = ByteBuffer()
        swap(&chunk, &pool[oldest])
        chunk.clear(minimumCapacity: Self.chunkCapacity)
        return chunk
    }

    fileprivate func read(into target: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(target.count, received.readableBytes)
        guard count > 0 else { return 0 }
        received.readWithUnsafeReadableBytes { source in
            target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[..<count]))
            return count
        }
        if received.readableBytes == 0 { received = ByteBuffer() }
        return count
    }

    fileprivate func write(_ source: UnsafeRawBufferPointer) {
        var rest = source[...]
        while !rest.isEmpty {
            if tail.writableBytes == 0 {
                let isFirst = tail.readableBytes == 0 && chunks.isEmpty
                if tail.readableBytes > 0 { finishTail() }
                // An answer of a few bytes needs no chunk.
                tail =
                    isFirst && rest.count < Self.smallWrite
                    ? ByteBufferAllocator().buffer(capacity: rest.count) : takeChunk()
            }
            let part = rest.prefix(tail.writableBytes)
            tail.writeBytes(UnsafeRawBufferPointer(rebasing: part))
            rest = rest.dropFirst(part.count)
        }
    }

    private static let smallWrite = 8 * 1024
}

extension ByteBufferBIO {
    // The method table is filled by `make` before anyone sees it, and libssl only reads it.
    private struct Method: @unchecked Sendable {
        let pointer: OpaquePointer?
    }

    private static let method = Method(pointer: makeMethod())

    private static func makeMethod() -> OpaquePointer? {
        guard let method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "ByteBuffer") else { return nil }
        BIO_meth_set_read(method) { bio, target, count in
            guard let bio, let target, count > 0 else { return 0 }
            tocsin_bio_clear_retry_flags(bio)
            let copied = ByteBufferBIO.of(bio).read(
                into: UnsafeMutableRawBufferPointer(start: target, count: Int(count)))
            guard copied > 0 else {
                tocsin_bio_set_retry_read(bio)  // nothing yet; the end of the connection is the handler's to see
                return -1
            }
            return Int32(copied)
        }
        BIO_meth_set_write(method) { bio, source, count in
            guard let bio, let source, count > 0 else { return 0 }
            tocsin_bio_clear_retry_flags(bio)
            ByteBufferBIO.of(bio).write(UnsafeRawBufferPointer(start: source, count: Int(count)))
            return count
        }
        BIO_meth_set_ctrl(method) { bio, command, _, _ in
            switch command {
            case BIO_CTRL_FLUSH: 1
            case BIO_CTRL_PENDING: bio.map { ByteBufferBIO.of($0).receivedBytes } ?? 0
            default: 0
            }
        }
        return method
    }

    private static func of(_ bio: OpaquePointer) -> ByteBufferBIO {
        Unmanaged<ByteBufferBIO>.fromOpaque(BIO_get_data(bio)).takeUnretainedValue()
    }
}
