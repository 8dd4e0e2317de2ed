public import TocsinCore

/// The template of a masked form as a tree had it, to be used again for each message of that form.
///
/// `DrainTree.visit` says whether the tree still has it.
public final class RecognizedTemplate: Sendable {
    let slot: Int32
    /// Of the template as it is; no other template of any tree has it.
    let version: UInt64
    /// Without parameters.
    public let template: MinedTemplate
    /// What the template's masks stand for in the form, from left to right.
    let captures: [PatternMatcher.Capture]

    init(slot: Int32, version: UInt64, template: MinedTemplate, captures: [PatternMatcher.Capture]) {
        self.slot = slot
        self.version = version
        self.template = template
        self.captures = captures
    }

    /// The kinds of the parameters, in their order.
    public var kinds: [String] { captures.map(\.kind.name) }

    /// Calls `body` with the part of a message of the form, as bytes of its content, that each mask stands for.
    public func forEachParameter(of message: borrowing MaskedMessage, _ body: (Range<Int>) -> Void) {
        captures.withUnsafeBufferPointer { message.forEachRange(of: $0, body) }
    }

    /// The template with what its masks stand for in a message of the form.
    public func template(of message: borrowing MaskedMessage) -> MinedTemplate {
        var template = template
        template.parameters = message.parameters(captures)
        return template
    }
}
