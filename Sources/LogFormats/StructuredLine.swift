/// A line that is one JSON object or a row of `key=value` pairs.
///
/// Values are copied with their escapes undone, so that ranges count in the copy.
struct StructuredLine: ~Copyable {
    private var buffer: UnsafeMutablePointer<UInt8>
    private var capacity = 1024

    init() { buffer = .allocate(capacity: capacity) }
    deinit { buffer.deallocate() }

    var base: UnsafePointer<UInt8> { UnsafePointer(buffer) }

    mutating func read(
        _ scanner: ByteScanner, from start: Int, as reader: FormatDefinition.Reader, format: LogFormat,
        captures: UnsafeMutablePointer<FieldRange>
    ) -> Bool {
        false
    }
}
