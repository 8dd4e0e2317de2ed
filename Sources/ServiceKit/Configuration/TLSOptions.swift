public import ArgumentParser

/// The flags for the certificate that a program shows and for the authority it trusts, of servers and clients alike.
public struct TLSOptions: ParsableArguments {
    @Option(name: TLSSettings.certificate.flag, help: TLSSettings.certificate.help)
    public var tlsCertificate: String?

    @Option(name: TLSSettings.key.flag, help: TLSSettings.key.help)
    public var tlsKey: String?

    @Option(name: TLSSettings.authority.flag, help: TLSSettings.authority.help)
    public var tlsCA: String?

    public init() {}
}

enum TLSSettings {
    static let certificate = Setting.required(
        "tls-certificate", "The program's certificate with its chain.", expected: "the path of a PEM file")
    static let key = Setting.required("tls-key", "The certificate's key.", expected: "the path of a PEM file")
    static let authority = Setting.required(
        "tls-ca", "The authority whose certificates are accepted from the other side.",
        expected: "the path of a PEM file")
}

extension TLSConfiguration {
    /// Reads the settings that all programs share; what is wrong with them is kept in `reader`.
    public init(_ options: TLSOptions, reader: inout SettingsReader) {
        self.init(
            certificateChain: reader.value(of: TLSSettings.certificate, flag: options.tlsCertificate),
            privateKey: reader.value(of: TLSSettings.key, flag: options.tlsKey),
            trustRoots: reader.value(of: TLSSettings.authority, flag: options.tlsCA))
    }
}
