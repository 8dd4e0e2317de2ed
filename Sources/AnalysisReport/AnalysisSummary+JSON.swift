public import JSONText
public import Pipeline
public import TocsinCore

extension AnalysisSummary {
    /// Writes the documented `summary` object; classes and log types that no line has are left out.
    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.object("class_distribution") { json in
                for anomalyClass in AnomalyClass.allCases where count(of: anomalyClass) > 0 {
                    json.member(anomalyClass.name, count(of: anomalyClass))
                }
            }
            json.object("log_type_distribution") { json in
                for (logType, count) in logTypeCounts { json.member(logType, count) }
            }
            json.member("anomaly_rate", anomalyRate)
        }
    }
}

extension ModelInfo {
    /// Writes the documented `model_used` object.
    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("model_type", name.uppercased())
            json.member("model_name", algorithm)
            json.member("num_classes", AnomalyClass.count)
            json.member("classification_type", "multi-class")
        }
    }
}
