extension String {
    /// The text as a message quotes it: whole, or its first 40 characters and `…`.
    ///
    /// What a caller sent may be as long as a body, and a message about it may be kept a thousand times. Characters are
    /// Unicode scalars here: one that a reader sees may bear any number of marks.
    public var excerpt: String {
        let scalars = unicodeScalars
        guard let end = scalars.index(startIndex, offsetBy: 40, limitedBy: endIndex), end < endIndex else {
            return self
        }
        return "\(self[..<end])…"
    }
}
