// libssl and libcrypto for Swift. Only ServiceKit imports this module.
//
// The functions below stand for macros, which Swift's importer cannot see, and do nothing else.
#pragma once

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

static inline int tocsin_ssl_ctx_require_tls13(SSL_CTX *context) {
    return (int)SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
}

static inline void tocsin_ssl_ctx_disable_session_cache(SSL_CTX *context) {
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
}

static inline int tocsin_ssl_set_server_name(SSL *ssl, const char *name) {
    return (int)SSL_set_tlsext_host_name(ssl, name);
}

static inline void tocsin_bio_clear_retry_flags(BIO *bio) { BIO_clear_retry_flags(bio); }

static inline void tocsin_bio_set_retry_read(BIO *bio) { BIO_set_retry_read(bio); }

static inline int tocsin_err_library(unsigned long code) { return ERR_GET_LIB(code); }

static inline int tocsin_err_reason(unsigned long code) { return ERR_GET_REASON(code); }

static inline int tocsin_general_names_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }

static inline GENERAL_NAME *tocsin_general_names_at(const GENERAL_NAMES *names, int index) {
    return sk_GENERAL_NAME_value(names, index);
}

static inline void tocsin_x509_name_print(BIO *bio, const X509_NAME *name) {
    X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB); // UTF-8 stays readable
}
