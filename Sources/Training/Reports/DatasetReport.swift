internal import Foundation
public import LogParsing
internal import TocsinCore

/// What labelled lines are like: classes, sources, lengths, templates and how many lines are near copies of others.
public struct DatasetReport: Sendable {
    private let prepared: PreparedLines

    /// - Parameter parser: reads the lines as it does for models.
    public init(_ lines: [LabelledLine], parser: LineParser) throws {
        prepared = try PreparedLines(lines, parser: parser)
    }

    /// One page of HTML with tables and plots.
    public func html(title: String) -> String {
        var page = HTMLPage(title: title)
        writeSize(to: &page)
        for origin in LabelledLine.Origin.allCases { writeClasses(of: origin, to: &page) }
        writeSources(to: &page)
        writeLengths(to: &page)
        writeTemplates(to: &page)
        writeCopies(to: &page)
        return page.html
    }

    private func writeSize(to page: inout HTMLPage) {
        page.heading("How much there is")
        page.table(
            ["origin", "lines", "systems", "different texts", "different templates"],
            LabelledLine.Origin.allCases.compactMap { origin in
                let lines = indices(of: origin)
                guard !lines.isEmpty else { return nil }
                return [
                    origin.rawValue, "\(lines.count)", "\(Set(lines.map { prepared.lines[$0].system }).count)",
                    "\(Set(lines.map { prepared.textOfLine[$0] }).count)",
                    "\(Set(lines.map { prepared.templates[$0] }).count)",
                ]
            })
        page.paragraph(
            "A text is what a model reads of a line; lines whose texts are equal count once in training. Templates are "
                + "those of the frozen tree.")
    }

    private func writeClasses(of origin: LabelledLine.Origin, to page: inout HTMLPage) {
        let lines = indices(of: origin)
        guard !lines.isEmpty else { return }
        page.heading("Classes: \(origin.rawValue)")
        func counts(_ keys: [(Int, AnomalyClass)]) -> [(name: String, value: Double)] {
            AnomalyClass.allCases.map { anomalyClass in (anomalyClass.name, Double(keys.count { $0.1 == anomalyClass }))
            }
        }
        var seen = Set<Int>()
        let texts = lines.filter { seen.insert(prepared.textOfLine[$0]).inserted }
        page.charts([
            .bars(counts(lines.map { ($0, prepared.lines[$0].label) }), caption: "Lines of each class"),
            .bars(counts(texts.map { ($0, prepared.lines[$0].label) }), caption: "Different texts of each class"),
        ])
    }

    private func writeSources(to page: inout HTMLPage) {
        page.heading("Systems and classes")
        let systems = Dictionary(grouping: prepared.lines.indices) { prepared.lines[$0].system }
            .sorted { ($0.value.count, $1.key) > ($1.value.count, $0.key) }
        page.table(
            ["system", "lines"] + AnomalyClass.allCases.map(\.name),
            systems.prefix(40).map { system, lines in
                [system, "\(lines.count)"]
                    + AnomalyClass.allCases.map { anomalyClass in
                        "\(lines.count { prepared.lines[$0].label == anomalyClass })"
                    }
            })
        if systems.count > 40 {
            let rest = systems.dropFirst(40).reduce(0) { $0 + $1.value.count }
            page.paragraph("\(systems.count - 40) further systems have \(rest) lines.")
        }
    }

    private func writeLengths(to page: inout HTMLPage) {
        page.heading("Lengths")
        let words = prepared.textOfLine.map { text in prepared.texts[text].split(separator: " ").count }
        page.charts([
            Self.histogram(prepared.lines.map(\.line.count), caption: "Bytes of a line"),
            Self.histogram(words, caption: "Words of the text that models read"),
        ])
        page.table(
            ["class", "median bytes", "median words", "longest line"],
            AnomalyClass.allCases.map { anomalyClass in
                let lines = prepared.lines.indices.filter { prepared.lines[$0].label == anomalyClass }
                return [
                    anomalyClass.name, "\(Self.median(lines.map { prepared.lines[$0].line.count }))",
                    "\(Self.median(lines.map { words[$0] }))",
                    "\(lines.map { prepared.lines[$0].line.count }.max() ?? 0)",
                ]
            })
    }

    private func writeTemplates(to page: inout HTMLPage) {
        page.heading("Templates")
        let templates = Dictionary(grouping: prepared.templates.indices) { prepared.templates[$0] }
            .sorted { ($0.value.count, $1.key) > ($1.value.count, $0.key) }
        var covered = 0
        let shares = templates.map { template -> Double in
            covered += template.value.count
            return Double(covered) / Double(prepared.lines.count)
        }
        let steps = stride(from: 0, through: 20, by: 1).map { step in
            let count = max(1, templates.count * step / 20)
            return (Double(count) / Double(templates.count), shares[count - 1])
        }
        page.charts([
            .curve(
                steps, labels: ("share of the templates, the most frequent first", "share of the lines"),
                caption: "How much of the lines the most frequent templates are"),
            Self.histogram(templates.map(\.value.count), caption: "Lines of a template"),
        ])
        page.table(
            ["most frequent templates", "lines", "system"],
            templates.prefix(15).map { template, lines in
                [String(template.prefix(100)), "\(lines.count)", prepared.lines[lines[0]].system]
            })
        let split = templates.filter { Set($0.value.map { prepared.lines[$0].label }).count > 1 }
        page.paragraph(
            "\(split.count) of \(templates.count) templates have lines of more than one class, together "
                + "\(split.reduce(0) { $0 + $1.value.count }) lines: what tells those apart is not in the template.")
    }

    private func writeCopies(to page: inout HTMLPage) {
        page.heading("Near copies")
        let shapes = Dictionary(grouping: prepared.texts.indices) { text in
            Set(prepared.texts[text].lowercased().split { !$0.isLetter }.map(String.init)).sorted().joined(
                separator: " ")
        }
        let copies = shapes.values.filter { $0.count > 1 }
        page.paragraph(
            "\(prepared.lines.count - prepared.texts.count) lines have the text of an earlier one. Of "
                + "\(prepared.texts.count) different texts, \(copies.reduce(0) { $0 + $1.count - 1 }) consist of the same "
                + "words as another one, numbers and order aside; splits keep near copies of templates in one fold.")
        page.charts([Self.histogram(copies.map(\.count), caption: "Texts that consist of the same words, by group")])
    }

    private func indices(of origin: LabelledLine.Origin) -> [Int] {
        prepared.lines.indices.filter { prepared.lines[$0].origin == origin }
    }

    /// Counts by powers of two.
    private static func histogram(_ values: [Int], caption: String) -> SVGChart {
        let bins = Dictionary(grouping: values) { $0 < 1 ? 0 : Int.bitWidth - $0.leadingZeroBitCount }
        let last = bins.keys.max() ?? 0
        let first = bins.keys.min() ?? 0
        return .bars(
            (first...max(first, last)).map { bin in
                let range = bin < 2 ? "\(bin)" : "\(1 << (bin - 1))-\((1 << bin) - 1)"
                return (range, Double(bins[bin]?.count ?? 0))
            }, caption: caption)
    }

    private static func median(_ values: [Int]) -> Int { values.isEmpty ? 0 : values.sorted()[values.count / 2] }
}
