internal import COpenSSL
internal import Glibc

/// The calling thread's queue of OpenSSL errors.
///
/// It must be cleared before every call whose failure is examined: it may hold an older failure, and
/// `SSL_get_error` looks at it.
enum OpenSSLErrorQueue {
    struct Entry {
        var code: UInt
        var reason: String
        /// What the failure was about, such as a file's name.
        var detail: String

        var text: String { detail.isEmpty ? reason : "\(reason) (\(detail))" }

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
            let detail = flags & ERR_TXT_STRING != 0 ? data.map { String(cString: $0) } ?? "" : ""
            entries.append(Entry(code: code, reason: reason(of: code), detail: detail))
        }
    }

    private static func reason(of code: UInt) -> String {
        if tocsin_err_library(code) == ERR_LIB_SYS { return String(cString: strerror(tocsin_err_reason(code))) }
        return ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
    }

    /// The texts of all entries, taken out of the queue.
    static func drainTexts() -> [String] {
        drain().map(\.text)
    }
}
