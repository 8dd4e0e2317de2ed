internal import JSONText
internal import TocsinCore

/// A model as the documented answers name it: a type, and for `bert` a variant.
struct DocumentedModel: Sendable, Hashable {
    /// `ml`, `bert` or `ensemble`.
    let type: String
    /// `dann`, `lora` or `hybrid`; nil for another type.
    let variant: String?

    static let bertVariants = ["dann", "lora", "hybrid"]

    /// - Parameter name: as the tiers name it, such as `ml` or `lora`.
    init(name: String) {
        let isVariant = Self.bertVariants.contains(name)
        type = isVariant ? "bert" : name
        variant = isVariant ? name : nil
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("type", type)
            json.member("variant", variant)
        }
    }
}
