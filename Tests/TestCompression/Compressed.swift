internal import CLZMA
internal import CZlib
internal import CZstd

/// Data compressed by the same libraries that read it: what tests feed to a decompressor.
public enum Compressed {
    public static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        precondition(tocsin_deflate_init(&stream, 6, 15 + 16) == Z_OK)
        defer { deflateEnd(&stream) }
        var input = bytes
        return input.withUnsafeMutableBufferPointer { input in
            let bound = Int(deflateBound(&stream, UInt(input.count)))
            return [UInt8](unsafeUninitializedCapacity: bound) { output, count in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END)
                count = output.count - Int(stream.avail_out)
            }
        }
    }

    public static func zstd(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) { output, count in
            count = ZSTD_compress(output.baseAddress, output.count, bytes, bytes.count, 3)
            precondition(ZSTD_isError(count) == 0)
        }
    }

    public static func xz(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: lzma_stream_buffer_bound(bytes.count)) { output, count in
            let result = lzma_easy_buffer_encode(
                1, LZMA_CHECK_CRC32, nil, bytes, bytes.count, output.baseAddress, &count, output.count)
            precondition(result == LZMA_OK)
        }
    }
}
