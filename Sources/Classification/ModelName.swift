/// The names that a request may ask for.
public enum ModelName: String, Sendable, CaseIterable {
    case ml, words, lora, dann, hybrid, ensemble

    /// What the model is, in a few words.
    public var summary: String {
        switch self {
        case .ml: "trees over the encoder's vector and 22 line features"
        case .words: "logistic regression over a line's words, pairs and pieces of them, and line features"
        case .lora: "the encoder with low-rank adapters and a head"
        case .dann: "the encoder trained against telling log sources apart, and a head"
        case .hybrid: "the encoder joined with four template features, and a head"
        case .ensemble: "a calibrated mixture of the other models"
        }
    }
}
