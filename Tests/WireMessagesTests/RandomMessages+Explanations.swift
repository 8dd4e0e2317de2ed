import TocsinCore
import WireMessages

extension RandomMessages {
    mutating func explainBatch() -> ExplainBatch {
        let rows = classifyBatch()
        let classes = rows.count > 0 && number(0...1) == 0 ? rows.logTypes.map { _ in anomalyClass() } : nil
        return ExplainBatch(rows: rows, classes: classes)
    }

    mutating func explainedBatch() -> ExplainedBatch {
        let verdicts = classifiedBatch()
        return ExplainedBatch(
            explanations: verdicts.predictions.map { prediction in prediction.map { explanation(of: $0) } },
            model: verdicts.model)
    }

    private mutating func explanation(of prediction: Prediction) -> RowExplanation {
        RowExplanation(
            prediction: prediction, anomalyClass: anomalyClass(), margin: number(0...2) == 0 ? nil : marginParts(),
            nearest: list { random in
                KnownTemplate(
                    text: random.name(), anomalyClass: random.anomalyClass(), source: random.name(),
                    similarity: random.double())
            },
            isFarFromKnown: number(0...1) == 0, sentence: name())
    }

    private mutating func marginParts() -> MarginParts {
        MarginParts(
            base: double(), value: double(),
            groups: list { MarginParts.Group(name: $0.name(), title: $0.name(), contribution: $0.double()) },
            features: list {
                MarginParts.Feature(
                    name: $0.name(), group: $0.name(), meaning: $0.name(), value: $0.double(),
                    contribution: $0.double())
            },
            words: list { WordContribution($0.text(), $0.double()) })
    }

    private mutating func anomalyClass() -> AnomalyClass {
        AnomalyClass.allCases.randomElement(using: &generator) ?? .normal
    }

    private mutating func double() -> Double { .random(in: -9...9, using: &generator) }
}
