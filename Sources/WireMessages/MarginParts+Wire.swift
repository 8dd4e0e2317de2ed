internal import CTocsinProto
internal import TocsinCore

extension Tocsin__Classifier__V1__MarginParts: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__classifier__v1__margin_parts__init }
}

extension Tocsin__Classifier__V1__GroupContribution: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__classifier__v1__group_contribution__init }
}

extension Tocsin__Classifier__V1__FeatureContribution: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void {
        tocsin__classifier__v1__feature_contribution__init
    }
}

extension Tocsin__Classifier__V1__WordContribution: CMessage {
    static var initialize: (UnsafeMutablePointer<Self>) -> Void { tocsin__classifier__v1__word_contribution__init }
}

extension MarginParts {
    init(_ message: Tocsin__Classifier__V1__MarginParts) throws(WireError.Reason) {
        self.init(
            base: message.base_value, value: message.value,
            groups: try map("groups", message.groups, message.n_groups) { (group) throws(WireError.Reason) in
                Group(
                    name: try text("name", group.name), title: try text("title", group.title),
                    contribution: group.contribution)
            },
            features: try map("features", message.features, message.n_features) {
                (feature) throws(WireError.Reason) in
                Feature(
                    name: try text("name", feature.name), group: try text("group", feature.group),
                    meaning: try text("meaning", feature.meaning), value: feature.value,
                    contribution: feature.contribution)
            },
            words: try map("words", message.words, message.n_words) { (word) throws(WireError.Reason) in
                WordContribution(try text("word", word.word), word.contribution)
            })
    }

    func fill(
        _ message: inout Tocsin__Classifier__V1__MarginParts, in arena: borrowing Arena
    ) throws(WireError.Reason) {
        message.base_value = base
        message.value = value
        message.n_groups = groups.count
        message.groups = try arena.messages("groups", groups) {
            (group, message: inout Tocsin__Classifier__V1__GroupContribution) throws(WireError.Reason) in
            message.name = try arena.string("name", group.name)
            message.title = try arena.string("title", group.title)
            message.contribution = group.contribution
        }
        message.n_features = features.count
        message.features = try arena.messages("features", features) {
            (feature, message: inout Tocsin__Classifier__V1__FeatureContribution) throws(WireError.Reason) in
            message.name = try arena.string("name", feature.name)
            message.group = try arena.string("group", feature.group)
            message.meaning = try arena.string("meaning", feature.meaning)
            message.value = feature.value
            message.contribution = feature.contribution
        }
        message.n_words = words.count
        message.words = try arena.messages("words", words) {
            (word, message: inout Tocsin__Classifier__V1__WordContribution) throws(WireError.Reason) in
            message.word = arena.bytes(word.word)
            message.contribution = word.contribution
        }
    }
}
