public import TocsinCore

/// The template of a masked form as a tree had it, to be used again for each message of that form.
///
/// `DrainTree.visit` says whether the tree still has it.
public struct RecognizedTemplate: Sendable {
    let slot: Int32
    /// Of the template's pattern; no other pattern of any tree has it.
    let version: UInt64
    /// Without parameters.
    let template: MinedTemplate
    /// What the template's masks stand for in the form, from left to right.
    let captures: [PatternMatcher.Capture]

    /// The template with what its masks stand for in a message of the form.
    public func template(of message: borrowing MaskedMessage) -> MinedTemplate {
        MinedTemplate(
            id: template.id, text: template.text, typedText: template.typedText,
            parameters: captures.withUnsafeBufferPointer { message.parameters($0) }, supersedes: template.supersedes)
    }
}
