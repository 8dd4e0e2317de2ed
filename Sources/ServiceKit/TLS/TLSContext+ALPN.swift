internal import COpenSSL

extension TLSContext {
    /// Offers (client) or selects (server) one of the configured application protocols.
    func setApplicationProtocols() throws(TLSError) {
        guard !applicationProtocols.names.isEmpty else { return }
        switch role {
        case .client:
            OpenSSLErrorQueue.clear()
            let wire = applicationProtocols.wire
            // Unlike nearly all others, this call returns 0 for success.
            guard SSL_CTX_set_alpn_protos(pointer, wire, UInt32(wire.count)) == 0 else {
                throw .library(step: "setting ALPN", reasons: OpenSSLErrorQueue.drainTexts())
            }
        case .server:
            // Connections hold their context, so it outlives every call of these functions.
            let this = Unmanaged.passUnretained(self).toOpaque()
            SSL_CTX_set_alpn_select_cb(pointer, selectApplicationProtocol, this)
            if configuration.requiresApplicationProtocol {
                SSL_CTX_set_client_hello_cb(pointer, requireApplicationProtocol, this)
            }
        }
    }
}

/// libssl asks which of the client's protocols to use; the answer points into the client's own list.
private func selectApplicationProtocol(
    ssl: OpaquePointer?, out: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, outLength: UnsafeMutablePointer<UInt8>?,
    offered: UnsafePointer<UInt8>?, offeredLength: UInt32, argument: UnsafeMutableRawPointer?
) -> Int32 {
    guard let out, let outLength, let offered, let argument else { return SSL_TLSEXT_ERR_ALERT_FATAL }
    let context = Unmanaged<TLSContext>.fromOpaque(argument).takeUnretainedValue()
    let list = UnsafeBufferPointer(start: offered, count: Int(offeredLength))
    guard let range = context.applicationProtocols.select(from: list) else {
        return context.configuration.requiresApplicationProtocol ? SSL_TLSEXT_ERR_ALERT_FATAL : SSL_TLSEXT_ERR_NOACK
    }
    out.pointee = offered + range.lowerBound
    outLength.pointee = UInt8(range.count)
    return SSL_TLSEXT_ERR_OK
}

/// The select function is not called for a client that speaks no ALPN at all: refuse it here, with the proper alert.
private func requireApplicationProtocol(
    ssl: OpaquePointer?, alert: UnsafeMutablePointer<Int32>?, argument: UnsafeMutableRawPointer?
) -> Int32 {
    var bytes: UnsafePointer<UInt8>?
    var count = 0
    let extensionType = UInt32(TLSEXT_TYPE_application_layer_protocol_negotiation)
    if SSL_client_hello_get0_ext(ssl, extensionType, &bytes, &count) == 1 { return SSL_CLIENT_HELLO_SUCCESS }
    alert?.pointee = Int32(SSL_AD_NO_APPLICATION_PROTOCOL)
    return SSL_CLIENT_HELLO_ERROR
}
