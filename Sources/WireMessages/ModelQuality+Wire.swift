internal import CTocsinProto
internal import TocsinCore

extension Tocsin__Common__V1__ModelQuality: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__common__v1__model_quality__init }
}

extension Tocsin__Common__V1__ReliabilityBin: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__common__v1__reliability_bin__init }
}

extension ModelQuality {
    init(_ message: Tocsin__Common__V1__ModelQuality) throws(WireError.Reason) {
        guard message.macro_f1_low <= message.macro_f1_high else {
            throw .invalid(
                field: "macro_f1_interval", found: "\(message.macro_f1_low) to \(message.macro_f1_high)",
                expected: "the lower one first")
        }
        let cells = UnsafeBufferPointer(start: message.confusion, count: message.n_confusion).map { Int($0) }
        self.init(
            macroF1: message.macro_f1, macroF1Interval: message.macro_f1_low...message.macro_f1_high,
            accuracy: message.accuracy, calibrationError: message.calibration_error,
            confusion: stride(from: 0, to: cells.count, by: AnomalyClass.count).map {
                Array(cells[$0..<min($0 + AnomalyClass.count, cells.count)])
            },
            reliability: try map("reliability", message.reliability, message.n_reliability) { bin in
                ReliabilityBin(confidence: bin.confidence, accuracy: bin.accuracy, count: Int(bin.count))
            })
        if let flaw { throw .invalid(field: flaw.figure, found: flaw.found, expected: flaw.expected) }
    }

    func fill(
        _ message: inout Tocsin__Common__V1__ModelQuality, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.macro_f1 = macroF1
        message.macro_f1_low = macroF1Interval.lowerBound
        message.macro_f1_high = macroF1Interval.upperBound
        message.accuracy = accuracy
        message.calibration_error = calibrationError
        let cells = confusion.flatMap(\.self)
        message.n_confusion = cells.count
        message.confusion = arena.allocate(UInt32.self, count: cells.count)
        for (index, count) in cells.enumerated() { message.confusion[index] = try unsigned("confusion", count) }
        message.n_reliability = reliability.count
        message.reliability = try arena.messages("reliability", reliability) {
            (bin, message: inout Tocsin__Common__V1__ReliabilityBin) throws(WireError.Reason) in
            message.confidence = bin.confidence
            message.accuracy = bin.accuracy
            message.count = try unsigned("count", bin.count)
        }
    }
}
