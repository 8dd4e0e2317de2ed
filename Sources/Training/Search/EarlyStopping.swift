/// Ends boosting where more rounds no longer help on rows that are not learned.
struct EarlyStopping {
    /// So many rounds in a row may pass without a smaller loss.
    let patience: Int
    /// After how many rounds the held-out loss was smallest.
    private(set) var bestRounds = 0
    private var rounds = 0
    private var leastLoss = Double.infinity

    init(patience: Int) { self.patience = patience }

    /// Notes a round's held-out loss; false where boosting should end. Where none is measured the last round is best.
    mutating func goesOn(loss: Double?) -> Bool {
        rounds += 1
        if loss.map({ $0 < leastLoss }) ?? true {
            leastLoss = loss ?? leastLoss
            bestRounds = rounds
        }
        return rounds - bestRounds < patience
    }
}
