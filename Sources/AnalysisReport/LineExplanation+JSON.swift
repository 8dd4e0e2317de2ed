public import JSONText
public import Pipeline
internal import TocsinCore

extension LineExplanation {
    /// Writes what decided the verdict as one object, which stands beside the members of a row.
    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("class_index", row.anomalyClass.rawValue)
            json.member("class_name", row.anomalyClass.name)
            json.member("probability", row.prediction.probabilities[row.anomalyClass.rawValue])
            json.member("sentence", row.sentence)
            json.member("model_text", analysis.parsed.modelText)
            json.member("word_method", wordMethod.rawValue)
            json.array("words") { json in
                for word in words {
                    json.object { json in
                        json.member("word", word.word)
                        json.member("contribution", rounded(word.contribution))
                    }
                }
            }
            writeMargin(to: &json)
            json.array("nearest_templates") { json in
                for known in row.nearest { write(known, to: &json) }
            }
            json.member("far_from_known", row.isFarFromKnown)
        }
    }

    private func writeMargin(to json: inout JSONWriter) {
        json.key("margin")
        if let margin = row.margin {
            json.object { json in
                json.member("base", margin.base)
                json.member("value", margin.value)
            }
        } else {
            json.null()
        }
        json.array("groups") { json in
            for group in row.margin?.groups ?? [] {
                json.object { json in
                    json.member("name", group.name)
                    json.member("title", group.title)
                    json.member("contribution", group.contribution)
                }
            }
        }
        json.array("features") { json in
            for feature in row.margin?.features ?? [] {
                json.object { json in
                    json.member("name", feature.name)
                    json.member("group", feature.group)
                    json.member("meaning", feature.meaning)
                    json.member("value", feature.value)
                    json.member("contribution", feature.contribution)
                }
            }
        }
    }

    private func write(_ known: KnownTemplate, to json: inout JSONWriter) {
        json.object { json in
            json.member("template", known.text)
            json.member("class_index", known.anomalyClass.rawValue)
            json.member("class_name", known.anomalyClass.name)
            json.member("source", known.source)
            json.member("similarity", rounded(known.similarity))
            json.member("distance", rounded(1 - known.similarity))
        }
    }

    /// Further digits of a measured number mean nothing.
    private func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}
