internal import Foundation

/// One page of HTML with all it needs inside: no script, nothing fetched.
struct HTMLPage {
    private let title: String
    private var body = ""

    init(title: String) { self.title = title }

    mutating func heading(_ text: String) { body += "<h2>\(HTMLText.escaped(text))</h2>\n" }

    mutating func subheading(_ text: String) { body += "<h3>\(HTMLText.escaped(text))</h3>\n" }

    mutating func paragraph(_ text: String) { body += "<p>\(HTMLText.escaped(text))</p>\n" }

    /// A table whose columns but the first are numbers.
    mutating func table(_ header: [String], _ rows: [[String]]) {
        body += "<div class=\"wide\"><table><thead><tr>"
        body += header.map { "<th>\(HTMLText.escaped($0))</th>" }.joined()
        body += "</tr></thead><tbody>\n"
        for row in rows { body += "<tr>\(row.map { "<td>\(HTMLText.escaped($0))</td>" }.joined())</tr>\n" }
        body += "</tbody></table></div>\n"
    }

    /// Charts side by side, where there is room.
    mutating func charts(_ charts: [SVGChart]) {
        body += "<div class=\"charts\">\n"
        for chart in charts {
            body += "<figure>\(chart.markup)<figcaption>\(HTMLText.escaped(chart.caption))</figcaption></figure>\n"
        }
        body += "</div>\n"
    }

    /// A table of counts whose cells are the darker the larger their share of the row is.
    mutating func confusion(_ counts: [[Int]], names: [String]) {
        body += "<div class=\"wide\"><table class=\"confusion\"><thead><tr><th>true class</th>"
        body += names.map { "<th>as \(HTMLText.escaped($0))</th>" }.joined()
        body += "</tr></thead><tbody>\n"
        for (name, row) in zip(names, counts) {
            let sum = max(row.reduce(0, +), 1)
            body += "<tr><td>\(HTMLText.escaped(name))</td>"
            for count in row {
                let share = Double(count) / Double(sum)
                let style = "background:rgba(37,99,235,\(String(format: "%.2f", share * 0.85)))"
                body += "<td style=\"\(style)\"\(share > 0.55 ? " class=\"dark\"" : "")>\(count)</td>"
            }
            body += "</tr>\n"
        }
        body += "</tbody></table></div>\n"
    }

    var html: String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>\(HTMLText.escaped(title))</title>
        <style>
        :root { --ink: #1b1f27; --soft: #5b6472; --line: #dfe3ea; --paper: #fff; --blue: #2563eb; --grey: #9aa4b2; }
        body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem auto;
          max-width: 72rem; padding: 0 1rem; }
        h1 { font-size: 1.7rem; margin: 0 0 1rem; } h2 { margin: 2.5rem 0 .5rem; font-size: 1.25rem; }
        h3 { margin: 1.5rem 0 .25rem; font-size: 1rem; }
        p, figcaption { color: var(--soft); max-width: 60rem; margin: .25rem 0 .75rem; }
        .wide { overflow-x: auto; } table { border-collapse: collapse; margin: .5rem 0; font-size: .9rem; }
        th, td { padding: .3rem .7rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap;
          font-variant-numeric: tabular-nums; }
        th { color: var(--soft); font-weight: 600; } th:first-child, td:first-child { text-align: left; }
        tbody tr:hover { background: #f5f7fa; } .confusion td.dark { color: #fff; }
        .charts { display: flex; flex-wrap: wrap; gap: 1.5rem; } figure { margin: .5rem 0; }
        figcaption { font-size: .85rem; max-width: 30rem; } svg { max-width: 100%; height: auto; }
        svg text { font: 12px system-ui, sans-serif; fill: var(--soft); }
        </style></head><body>
        <h1>\(HTMLText.escaped(title))</h1>
        \(body)</body></html>

        """
    }
}
