/// How much one HTTP request may bring, how long it may take, and how many callers there may be.
struct HTTPLimits: Sendable, Hashable {
    /// Of a body that is read as a whole, after decompression.
    var maxBodyBytes = 64 << 20
    /// Of what a packed body of a stream holds.
    var maxUnpackedBytes = 16 << 30
    /// Of a body that is read as a whole.
    var maxLines = 10_000
    /// Longer lines in a stream fail alone.
    var maxLineBytes = 1 << 20
    var maxHeaderBytes = 16 << 10
    var maxConnections = 1024
    /// From the head of a request to its answer; a comparison may take ten times as long, a stream as long as it likes.
    var timeout = Duration.seconds(60)
    /// How long the whole of a body may take to come; of a stream, each line.
    var bodyTimeout = Duration.seconds(30)
    /// How long a connection may bring nothing while a request is awaited or read.
    var idleTimeout = Duration.seconds(30)
    /// How long an answer may wait for the caller to take more of it.
    var writeTimeout = Duration.seconds(30)
}
