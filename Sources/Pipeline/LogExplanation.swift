public import TocsinCore

/// How a model came to say what each word of a text adds to a class.
public enum WordMethod: String, Sendable, CaseIterable {
    /// The class's log-odds with the word, less those without it: for models whose numbers cannot be followed back.
    case occlusion
    /// By the gradients of the encoder: Sundararajan et al., "Axiomatic Attribution for Deep Networks", ICML 2017.
    case integratedGradients = "integrated_gradients"
    /// The model is a sum over words.
    case exact
}

/// What decided a line's verdict.
public struct LineExplanation: Sendable, Hashable {
    public var analysis: LineAnalysis
    /// What the classifying tier says.
    public var row: RowExplanation
    public var wordMethod: WordMethod
    /// The words of the text that the models read, in its order, each with what it adds to the class's log-odds.
    public var words: [WordContribution]

    public init(
        analysis: LineAnalysis, row: RowExplanation, wordMethod: WordMethod, words: [WordContribution]
    ) {
        self.analysis = analysis
        self.row = row
        self.wordMethod = wordMethod
        self.words = words
    }
}

/// The explanations of one request: one result a line, in input order.
public struct LogExplanation: Sendable, Hashable {
    public var lines: [ItemResult<LineExplanation>]
    /// The model that answered.
    public var model: ModelInfo
    public var work: AnalysisWork

    public init(lines: [ItemResult<LineExplanation>], model: ModelInfo, work: AnalysisWork) {
        self.lines = lines
        self.model = model
        self.work = work
    }
}
