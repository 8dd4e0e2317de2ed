public import JSONText
public import TocsinCore

extension ModelInfo {
    /// Which model it was, for those who keep verdicts.
    public func writeIdentity(to json: inout JSONWriter) {
        json.object { json in
            json.member("name", name)
            json.member("algorithm", algorithm)
            json.member("version", version)
            json.member("sha256", sha256)
        }
    }
}
