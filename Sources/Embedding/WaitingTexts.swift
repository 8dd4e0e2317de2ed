internal import TocsinCore

/// The texts that wait for a forward pass, by number: a smaller number has waited longer.
///
/// They stand in lanes, one for each encoder and class of lengths, since a pass has one encoder's weights. A pass is led
/// by the text that has waited longest; texts of its class of lengths fill it first, and then the encoder's others.
struct WaitingTexts {
    private struct Lane {
        let encoder: EncoderKey
        /// First in, first out, from `head`; those that were dropped are skipped when they are reached.
        var texts: [(number: Int, tokens: Int)] = []
        var head = 0

        /// The text that has waited longest; nil where none waits.
        mutating func first<Text>(of waiting: [Int: Text]) -> (number: Int, tokens: Int)? {
            while head < texts.count, waiting[texts[head].number] == nil { head += 1 }
            guard head < texts.count else {
                texts.removeAll(keepingCapacity: true)
                head = 0
                return nil
            }
            // The places of those that are gone are given back once they are most of the memory.
            if head > 1024, head > texts.count / 2 {
                texts.removeFirst(head)
                head = 0
            }
            return texts[head]
        }
    }

    /// Lengths up to 16 are one class, then up to 32, 64 and so on; the last class has no bound.
    private static let lengthClasses = 6

    private var lanes: [Lane] = EncoderKey.allCases.flatMap { encoder in
        (0..<lengthClasses).map { _ in Lane(encoder: encoder) }
    }

    mutating func append(_ number: Int, encoder: EncoderKey, tokens: Int) {
        let encoderIndex = EncoderKey.allCases.firstIndex(of: encoder) ?? 0
        lanes[encoderIndex * Self.lengthClasses + Self.lengthClass(tokens)].texts.append((number, tokens))
    }

    /// The text that has waited longest; nil where none waits.
    ///
    /// - Parameter waiting: the texts that were not dropped, by number.
    mutating func first<Text>(of waiting: [Int: Text]) -> (number: Int, encoder: EncoderKey)? {
        oldestLane(in: lanes.indices, of: waiting).map { ($0.number, lanes[$0.lane].encoder) }
    }

    /// Takes the texts of one pass: the one that has waited longest, whatever its length, and then those that share its
    /// encoder, up to `budget` tokens altogether.
    ///
    /// - Parameter waiting: the texts that were not dropped, by number.
    mutating func take<Text>(budget: Int, of waiting: [Int: Text]) -> [Int] {
        guard var next = oldestLane(in: lanes.indices, of: waiting) else { return [] }
        let encoder = lanes[next.lane].encoder
        var open = lanes.indices.filter { lanes[$0].encoder == encoder }
        var taken: [Int] = []
        var tokens = 0
        while true {
            // To the lane's end before the next lane: the pass is of one class of lengths where that fills it.
            while let text = lanes[next.lane].first(of: waiting) {
                // A text that does not fit ends the pass, or shorter ones would overtake it again and again.
                guard taken.isEmpty || tokens + text.tokens <= budget else { return taken }
                taken.append(text.number)
                tokens += text.tokens
                lanes[next.lane].head += 1
            }
            open.removeAll { $0 == next.lane }
            guard let other = oldestLane(in: open, of: waiting) else { return taken }
            next = other
        }
    }

    private mutating func oldestLane<Text>(
        in indices: some Sequence<Int>, of waiting: [Int: Text]
    ) -> (lane: Int, number: Int)? {
        var oldest: (lane: Int, number: Int)?
        for lane in indices {
            if let text = lanes[lane].first(of: waiting), text.number < oldest?.number ?? .max {
                oldest = (lane, text.number)
            }
        }
        return oldest
    }

    private static func lengthClass(_ tokens: Int) -> Int {
        (0..<lengthClasses).first { tokens <= 16 << $0 } ?? lengthClasses - 1
    }
}
