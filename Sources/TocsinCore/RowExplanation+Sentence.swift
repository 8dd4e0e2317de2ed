extension RowExplanation {
    /// The explanation in one sentence: the verdict, what speaks most for it, and what is known that is most like it.
    ///
    /// - Parameter words: those of the text; without them the parts of the margin are named.
    public func sentence(words: [WordContribution] = []) -> String {
        var parts = [verdict]
        if let reason = reason(words) { parts.append(reason) }
        return parts.joined(separator: ", ") + comparison + "."
    }

    private var verdict: String {
        let predicted = prediction.anomalyClass
        let share = Self.percent(prediction.confidence)
        guard anomalyClass == predicted else {
            let own = Self.percent(prediction.probabilities[anomalyClass.rawValue])
            return "\(anomalyClass.name) is given \(own), and \(predicted.name) \(share)"
        }
        return prediction.isAbstained
            ? "perhaps \(predicted.name), though only \(share) sure" : "\(predicted.name), \(share) sure"
    }

    /// What speaks most for the class; nil where nothing speaks for it.
    private func reason(_ words: [WordContribution]) -> String? {
        let link = anomalyClass == prediction.anomalyClass ? "because of" : "for which speaks"
        let spoken = Self.largest(words.isEmpty ? margin?.words ?? [] : words, most: 3, by: \.contribution)
            .compactMap { Self.bare($0.word) }
        if !spoken.isEmpty { return "\(link) \(Self.list(spoken.map { "“\($0)”" }))" }
        let groups = Self.largest(margin?.groups ?? [], most: 2, by: \.contribution)
        return groups.isEmpty ? nil : "\(link) \(Self.list(groups.map { "the \($0.title)" }))"
    }

    private var comparison: String {
        guard let known = nearest.first else { return "" }
        let text = "“\(Self.shortened(known.text))” (\(known.source), \(known.anomalyClass.name))"
        return isFarFromKnown ? "; nothing known is near, the nearest is \(text)" : "; most like the known \(text)"
    }

    /// Those that add most, as long as they add something worth naming beside the first.
    private static func largest<Part>(
        _ parts: [Part], most: Int, by contribution: (Part) -> Double
    ) -> [Part] {
        let sorted = parts.sorted { contribution($0) > contribution($1) }
        guard let first = sorted.first.map(contribution), first > 0 else { return [] }
        return Array(sorted.prefix(most).prefix { contribution($0) >= 0.2 * first })
    }

    /// The word without the punctuation around it; nil where nothing is left.
    private static func bare(_ word: String) -> String? {
        let isOuter: (Character) -> Bool = { !$0.isLetter && !$0.isNumber && $0 != "<" && $0 != ">" }
        var bare = word.drop(while: isOuter)
        while let last = bare.last, isOuter(last) { bare.removeLast() }
        return bare.isEmpty ? nil : shortened(String(bare))
    }

    private static func shortened(_ text: String) -> String { text.count <= 80 ? text : "\(text.prefix(79))…" }

    private static func list(_ items: [String]) -> String {
        items.count < 2
            ? items.joined() : "\(items.dropLast().joined(separator: ", ")) and \(items[items.count - 1])"
    }

    private static func percent(_ probability: Float) -> String {
        switch probability {
        case ..<0.005: "less than 1 %"
        case 0.995...: "more than 99 %"
        default: "\(Int((probability * 100).rounded())) %"
        }
    }
}
