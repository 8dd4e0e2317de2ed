internal import AnalysisReport
internal import Foundation
internal import Pipeline
internal import TocsinCore

/// Shows people why a line has its verdict.
struct ExplanationWriter {
    private let colored: Bool
    private let width: Int

    /// - Parameter width: columns of the terminal.
    init(colored: Bool, width: Int) {
        self.colored = colored
        self.width = max(width, 60)
    }

    func write(
        _ line: ItemResult<LineExplanation>, of record: ArraySlice<UInt8>, place: RecordPlace, model: ModelInfo,
        to output: inout StandardOutput
    ) {
        output.write("line \(place.label)  " + shown(String(decoding: record, as: UTF8.self), width - 12) + "\n")
        switch line {
        case .failure(let failure): output.write("  failed: \(failure.description)\n")
        case .success(let explanation): write(explanation, model: model, to: &output)
        }
    }

    private func write(_ explanation: LineExplanation, model: ModelInfo, to output: inout StandardOutput) {
        let row = explanation.row
        let verdict = "\(row.anomalyClass.name) \(percent(row.prediction.probabilities[row.anomalyClass.rawValue]))"
        output.write("\n  \(strong(verdict))  \(explanation.analysis.parsed.logType), model \(model.name)\n")
        output.write("  \(TerminalText.shown(row.sentence, width: 1_000))\n")
        write(words: explanation, to: &output)
        if let margin = row.margin { write(margin, to: &output) }
        write(probabilitiesOf: row, to: &output)
        guard !row.nearest.isEmpty else { return }
        output.write("\n  \(strong("nearest known templates"))\(row.isFarFromKnown ? " (none of them is near)" : "")\n")
        for known in row.nearest {
            let head =
                "    \(decimals(known.similarity))  \(TableColumn.padded(known.anomalyClass.name, to: 17))  "
                + "\(TableColumn.padded(shown(known.source, 12), to: 12))  "
            output.write(head + shown(known.text, width - head.count) + "\n")
        }
    }

    private func write(words explanation: LineExplanation, to output: inout StandardOutput) {
        guard !explanation.words.isEmpty else { return }
        let how =
            switch explanation.wordMethod {
            case .occlusion: "what is lost of the class's log-odds without each"
            case .integratedGradients: "what each adds to the class's log-odds, by the encoder's gradients"
            case .exact: "what each adds to the class's log-odds"
            }
        output.write("\n  \(strong("words")) (\(how))\n")
        let largest = explanation.words.map { abs($0.contribution) }.max() ?? 0
        var column = 0
        for word in explanation.words {
            let text = shown(word.word, 40)
            let mark = mark(share: largest > 0 ? word.contribution / largest : 0)
            let marked = colored || mark.plain.isEmpty ? text : "\(text)\(mark.plain)"
            if column + marked.count + 1 > width - 4 { column = 0 }
            output.write(column == 0 ? "\n    " : " ")
            column += marked.count + 1
            output.write(colored && !mark.color.isEmpty ? "\u{1B}[\(mark.color)m\(text)\u{1B}[0m" : marked)
        }
        output.write("\n\n")
        let sorted = explanation.words.sorted { abs($0.contribution) > abs($1.contribution) }
        for word in sorted.prefix(5) where abs(word.contribution) > 0.005 {
            output.write("    \(signed(word.contribution))  \(shown(word.word, width - 14))\n")
        }
    }

    /// How a word is marked whose contribution is that share of the largest: by shades where there are colours.
    private func mark(share: Double) -> (plain: String, color: String) {
        switch share {
        case 0.66...: ("(++)", "97;41")
        case 0.25...: ("(+)", "30;101")
        case 0.1...: ("", "31")
        case -0.1..<0.1: ("", "")
        case -0.25 ..< -0.1: ("", "34")
        case -0.66 ..< -0.25: ("(-)", "30;104")
        default: ("(--)", "97;44")
        }
    }

    private func write(_ margin: MarginParts, to output: inout StandardOutput) {
        let parts = margin.value - margin.base
        output.write(
            "\n  \(strong("parts")) of the class's margin: \(decimals(margin.base)) to begin with, "
                + "\(signed(parts)) by this line = \(decimals(margin.value))\n")
        let largest = margin.groups.map { abs($0.contribution) }.max() ?? 0
        let titleWidth = margin.groups.map(\.title.count).max() ?? 0
        for group in margin.groups where abs(group.contribution) > 0.0005 {
            output.write(
                "    \(TableColumn.padded(group.title, to: titleWidth))  \(signed(group.contribution))  "
                    + bar(group.contribution / largest) + "\n")
        }
        let features = margin.features.filter { abs($0.contribution) > 0.005 }.prefix(6)
        guard !features.isEmpty else { return }
        output.write("\n  \(strong("features")) that say most\n")
        let nameWidth = features.map { $0.name.count + number($0.value).count + 3 }.max() ?? 0
        for feature in features {
            let claim = "\(feature.name) = \(number(feature.value))"
            let head = "    \(signed(feature.contribution))  \(TableColumn.padded(claim, to: nameWidth))  "
            output.write(head + shown(feature.meaning, max(20, width - head.count)) + "\n")
        }
    }

    private func write(probabilitiesOf row: RowExplanation, to output: inout StandardOutput) {
        output.write("\n  \(strong("probabilities"))\n")
        let classes = AnomalyClass.allCases.sorted {
            row.prediction.probabilities[$0.rawValue] > row.prediction.probabilities[$1.rawValue]
        }
        for anomalyClass in classes.prefix(3) {
            let probability = row.prediction.probabilities[anomalyClass.rawValue]
            output.write(
                "    \(TableColumn.padded(anomalyClass.name, to: 17))  "
                    + "\(TableColumn.rightAligned(percent(probability), to: 5))  \(bar(Double(probability)))\n")
        }
    }

    private func bar(_ share: Double) -> String {
        let length = Int((abs(share) * 24).rounded())
        return String(repeating: share < 0 ? "░" : "█", count: length)
    }

    private func strong(_ text: String) -> String { colored ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    private func shown(_ text: String, _ width: Int) -> String { TerminalText.shown(text, width: max(width, 2)) }

    private func percent(_ probability: Float) -> String { String(format: "%.0f %%", probability * 100) }

    private func signed(_ value: Double) -> String { String(format: "%+.2f", value) }

    private func decimals(_ value: Double) -> String { String(format: "%.2f", value) }

    private func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e9 ? "\(Int(value))" : decimals(value)
    }
}
