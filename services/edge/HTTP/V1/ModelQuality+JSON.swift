internal import JSONText
internal import TocsinCore

extension ModelQuality {
    /// The members that callers see.
    func write(to json: inout JSONWriter) {
        json.member("macro_f1", macroF1)
        json.array("macro_f1_interval") { json in
            json.number(macroF1Interval.lowerBound)
            json.number(macroF1Interval.upperBound)
        }
        json.member("accuracy", accuracy)
        json.member("calibration_error", calibrationError)
        json.member("templates", templateCount)
        json.array("confusion") { json in
            for row in confusion { json.array { json in for count in row { json.integer(count) } } }
        }
        json.array("reliability") { json in
            for bin in reliability {
                json.object { json in
                    json.member("confidence", bin.confidence)
                    json.member("accuracy", bin.accuracy)
                    json.member("count", bin.count)
                }
            }
        }
    }
}
