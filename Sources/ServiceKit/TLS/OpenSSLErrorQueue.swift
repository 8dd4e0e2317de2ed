internal import COpenSSL

/// The calling thread's queue of OpenSSL errors.
///
/// It must be cleared before every call whose failure is examined: it may hold an older failure, and
/// `SSL_get_error` looks at it.
enum OpenSSLErrorQueue {
    struct Entry {
        var code: UInt
        var text: String

        /// `SSL_R_*`, where libssl itself raised the error.
        var sslReason: Int32? {
            tocsin_err_library(code) == ERR_LIB_SSL ? tocsin_err_reason(code) : nil
        }

        /// `X509_R_*`, where the certificate code of libcrypto raised the error.
        var x509Reason: Int32? {
            tocsin_err_library(code) == ERR_LIB_X509 ? tocsin_err_reason(code) : nil
        }
    }

    static func clear() {
        ERR_clear_error()
    }

    /// Takes all entries out of the queue, oldest first.
    static func drain() -> [Entry] {
        var entries: [Entry] = []
        while true {
            var data: UnsafePointer<CChar>?
            var flags: Int32 = 0
            let code = ERR_get_error_all(nil, nil, nil, &data, &flags)
            guard code != 0 else { return entries }
            let reason = ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
            let detail = flags & ERR_TXT_STRING != 0 ? data.map { String(cString: $0) } ?? "" : ""
            entries.append(Entry(code: UInt(code), text: detail.isEmpty ? reason : "\(reason) (\(detail))"))
        }
    }

    /// The texts of all entries, taken out of the queue.
    static func drainTexts() -> [String] {
        drain().map(\.text)
    }
}
