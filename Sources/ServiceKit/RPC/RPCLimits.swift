/// What both sides of every connection keep to.
public enum RPCLimits {
    /// The most bytes of one message: gRPC's 4 MiB would refuse a few thousand vectors.
    public static let messageBytes = 64 << 20
    /// The bytes that may be under way: the default of 64 KiB makes bulk calls wait for every window update.
    static let windowBytes = 8 << 20
    /// Whatever is idle is asked for a sign of life after this time, and given up after `keepaliveTimeout`.
    static let keepaliveTime = Duration.seconds(30)
    static let keepaliveTimeout = Duration.seconds(10)
    /// A server ends a connection of this age, without failing a call on it, so that its client looks for replicas.
    static let connectionAge = Duration.seconds(600)
    /// A client that asks for signs of life more often than this is cut off.
    static let leastPingInterval = Duration.seconds(10)
}
