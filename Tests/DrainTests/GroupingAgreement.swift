/// How alike two groupings of the same messages are.
struct GroupingAgreement {
    /// F1 over pairs of messages: a pair counts where both are in one group.
    var pairwiseF1 = 0.0
    /// The part of the messages whose group is the same set of messages in both groupings.
    var sameGroups = 0.0

    init(_ left: [String], _ right: [String]) {
        let leftSizes = Dictionary(left.map { ($0, 1) }, uniquingKeysWith: +)
        let rightSizes = Dictionary(right.map { ($0, 1) }, uniquingKeysWith: +)
        var shared: [String: [String: Int]] = [:]
        for (one, other) in zip(left, right) { shared[one, default: [:]][other, default: 0] += 1 }
        func pairs(_ sizes: some Sequence<Int>) -> Double { sizes.reduce(0) { $0 + Double($1 * ($1 - 1)) / 2 } }
        let common = pairs(shared.values.flatMap(\.values))
        pairwiseF1 = 2 * common / max(pairs(leftSizes.values) + pairs(rightSizes.values), 1)
        var same = 0
        for (one, others) in shared {
            if let (other, count) = others.first, leftSizes[one] == count, rightSizes[other] == count { same += count }
        }
        sameGroups = Double(same) / Double(max(left.count, 1))
    }
}

extension Collection<GroupingAgreement> {
    func mean(_ value: (GroupingAgreement) -> Double) -> Double { map(value).reduce(0, +) / Double(count) }
}
