internal import Foundation

/// A chart as SVG, drawn for a page of figures.
struct SVGChart {
    let markup: String
    let caption: String

    private static let blue = "#2563eb"
    private static let grey = "#9aa4b2"
    private static let line = "#dfe3ea"

    /// Bars from left to right, the name before and the figure behind each.
    static func bars(_ values: [(name: String, value: Double)], caption: String, digits: Int = 0) -> SVGChart {
        let largest = max(values.map(\.value).max() ?? 0, 1e-12)
        let rowHeight = 22
        let nameWidth = 8 + 7 * (values.map(\.name.count).max() ?? 0)
        let width = nameWidth + 330
        var parts = ""
        for (row, bar) in values.enumerated() {
            let y = row * rowHeight
            let length = bar.value / largest * 250
            parts += text(nameWidth - 6, y + 15, bar.name, anchor: "end")
            parts += """
                <rect x="\(nameWidth)" y="\(y + 3)" width="\(number(max(length, 1)))" height="\(rowHeight - 7)" rx="2" \
                fill="\(blue)"/>
                """
            let figure = digits == 0 ? String(Int(bar.value.rounded())) : String(format: "%.\(digits)f", bar.value)
            parts += text(nameWidth + Int(length) + 6, y + 15, figure)
        }
        return svg(width, values.count * rowHeight + 4, parts, caption)
    }

    /// A curve over a square of shares, both from 0 to 1.
    ///
    /// - Parameters:
    ///   - sizes: of the points' marks, as shares of the largest; nil draws none.
    ///   - isDiagonalShown: whether equal shares are marked, as what a perfect curve lies on.
    static func curve(
        _ points: [(x: Double, y: Double)], sizes: [Double]? = nil, isDiagonalShown: Bool = false,
        range: ClosedRange<Double> = 0...1, labels: (x: String, y: String), caption: String
    ) -> SVGChart {
        let (left, top, side) = (48.0, 10.0, 260.0)
        let span = range.upperBound - range.lowerBound
        func x(_ share: Double) -> Double { left + share * side }
        func y(_ share: Double) -> Double { top + (range.upperBound - share) / span * side }
        var parts = ""
        for step in 0...5 {
            let share = Double(step) / 5
            let level = range.lowerBound + share * span
            parts += segment((x(0), y(level)), (x(1), y(level)), line)
            parts += text(Int(left) - 6, Int(y(level)) + 4, String(format: "%.2f", level), anchor: "end")
            parts += text(Int(x(share)), Int(top + side) + 16, String(format: "%.1f", share), anchor: "middle")
        }
        if isDiagonalShown { parts += segment((x(0), y(0)), (x(1), y(1)), grey, dash: "4 4") }
        let path = points.map { "\(number(x($0.x))),\(number(y(min(max($0.y, range.lowerBound), range.upperBound))))" }
        parts +=
            "<polyline points=\"\(path.joined(separator: " "))\" fill=\"none\" stroke=\"\(blue)\" stroke-width=\"2\"/>"
        for (index, point) in points.enumerated() {
            guard let sizes else { break }
            parts += """
                <circle cx="\(number(x(point.x)))" cy="\(number(y(point.y)))" r="\(number(2 + 6 * sizes[index].squareRoot()))" \
                fill="\(blue)" fill-opacity="0.75"/>
                """
        }
        parts += text(Int(x(0.5)), Int(top + side) + 34, labels.x, anchor: "middle")
        parts += """
            <text transform="translate(12 \(number(y(range.lowerBound + span / 2)))) rotate(-90)" text-anchor="middle">\
            \(HTMLText.escaped(labels.y))</text>
            """
        return svg(Int(left + side) + 16, Int(top + side) + 42, parts, caption)
    }

    private static func svg(_ width: Int, _ height: Int, _ parts: String, _ caption: String) -> SVGChart {
        SVGChart(
            markup: """
                <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
                viewBox="0 0 \(width) \(height)" role="img" aria-label="\(HTMLText.escaped(caption))">\(parts)</svg>
                """, caption: caption)
    }

    private static func text(_ x: Int, _ y: Int, _ text: String, anchor: String = "start") -> String {
        "<text x=\"\(x)\" y=\"\(y)\" text-anchor=\"\(anchor)\">\(HTMLText.escaped(text))</text>"
    }

    private static func segment(
        _ start: (Double, Double), _ end: (Double, Double), _ color: String, dash: String? = nil
    ) -> String {
        "<line x1=\"\(number(start.0))\" y1=\"\(number(start.1))\" x2=\"\(number(end.0))\" y2=\"\(number(end.1))\" "
            + "stroke=\"\(color)\"\(dash.map { " stroke-dasharray=\"\($0)\"" } ?? "")/>"
    }

    private static func number(_ value: Double) -> String { String(format: "%.1f", value) }
}
