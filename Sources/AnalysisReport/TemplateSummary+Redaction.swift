public import TocsinCore

extension TemplateSummary {
    /// The same template as others may see it: a secret that every message had is a part of the template.
    public var redacted: TemplateSummary {
        var redacted = self
        redacted.text = SecretRedaction.redact(text)
        redacted.typedText = SecretRedaction.redact(typedText)
        redacted.samples = samples.map(SecretRedaction.redact)
        return redacted
    }
}
