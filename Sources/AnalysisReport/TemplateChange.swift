public import JSONText
public import TocsinCore

/// A template whose share of the lines differs between two sets of lines.
public struct TemplateChange: Sendable, Hashable {
    public var templateID: String
    public var template: String
    public var logType: String
    /// In lines of the template.
    public var change: ShareChange
    /// What most of the template's lines were judged to be.
    public var anomalyClass: AnomalyClass
    /// Lines of the template, those of the second set first.
    public var samples: [[UInt8]]
}

extension TemplateChange {
    /// The templates whose share differs, the largest likelihood ratio first.
    public static func between(_ before: TemplateCounts, and after: TemplateCounts) -> [TemplateChange] {
        let successors = before.successors.merging(after.successors) { $1 }
        let first = before.settled(by: successors)
        let second = after.settled(by: successors)
        let changes = Set(first.keys).union(second.keys).compactMap { id in
            change(id, first[id], of: before.total, second[id], of: after.total)
        }
        return changes.sorted {
            ($1.change.likelihoodRatio, $0.templateID) < ($0.change.likelihoodRatio, $1.templateID)
        }
    }

    /// Writes the change as one object.
    ///
    /// - Parameter shown: what is shown of the template's text and of samples, such as a form without secrets.
    public func write(to json: inout JSONWriter, showing shown: (String) -> String = { $0 }) {
        json.object { json in
            change.writeMembers(to: &json)
            json.member("template_id", templateID)
            json.member("template", shown(template))
            json.member("log_type", logType)
            json.member("class_name", anomalyClass.name)
            json.array("samples") { json in
                for sample in samples { json.string(shown(String(decoding: sample, as: UTF8.self))) }
            }
        }
    }

    private static func change(
        _ id: String, _ first: TemplateCounts.Entry?, of firstTotal: Int, _ second: TemplateCounts.Entry?,
        of secondTotal: Int
    ) -> TemplateChange? {
        guard let entry = second ?? first else { return nil }
        let change = ShareChange(first?.count ?? 0, of: firstTotal, second?.count ?? 0, of: secondTotal)
        guard change.kind != .same else { return nil }
        var classCounts = entry.classCounts
        if second != nil, let first { classCounts = zip(classCounts, first.classCounts).map(+) }
        let samples = (second?.samples ?? []) + (first?.samples ?? [])
        return TemplateChange(
            templateID: id, template: entry.text, logType: entry.logType, change: change,
            anomalyClass: AnomalyClass.allCases.max { classCounts[$0.rawValue] < classCounts[$1.rawValue] } ?? .normal,
            samples: Array(samples.prefix(TemplateCounts.sampleCount)))
    }
}

extension ShareChange {
    /// Writes the members `change`, `before`, `after`, `likelihood_ratio` and `p_value`.
    public func writeMembers(to json: inout JSONWriter) {
        json.member("change", kind.rawValue)
        json.member("before", before)
        json.member("after", after)
        json.member("likelihood_ratio", likelihoodRatio)
        json.member("p_value", pValue)
    }
}
