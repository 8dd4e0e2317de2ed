/// How a template tree grows. One default serves every source of logs.
public struct DrainConfiguration: Sendable, Hashable {
    /// The part of a message's constant words that it must share with a template to join it, in 0...1.
    public var similarityThreshold: Double = 0.5
    /// How many different plain words must stand in one place before it is taken for variable.
    public var plainWordsNeeded = 6
    /// The same for names with points and for words in brackets.
    public var namesNeeded = 3
    /// The most templates under one branch of the tree; one more evicts the branch's least recently seen one.
    public var maxChildren = 256
    /// The most templates in the tree; one more evicts the least recently seen one.
    public var maxTemplates = 16_384
    /// The most deleted templates that are remembered, so that no replica brings them back; the oldest is forgotten.
    public var maxTombstones = 4096
    /// The most masked forms whose template is remembered; more are looked up in the tree anew.
    public var maxRememberedForms = 65_536

    public init() {}

    func wordsNeeded(for evidence: Evidence) -> Int {
        switch evidence {
        case .values: 2
        case .names: namesNeeded
        case .plainWords: plainWordsNeeded
        }
    }
}
