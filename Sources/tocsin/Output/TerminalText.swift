/// Text from a log made safe to show: it cannot move the cursor, change colours or break the line.
enum TerminalText {
    /// - Parameter width: most characters; a longer text is cut and ends in `…`.
    static func shown(_ text: String, width: Int) -> String {
        // One more than fits tells whether the text goes on.
        let characters = text.prefix(width + 1).map { isPlain($0) ? $0 : "·" }
        return characters.count <= width ? String(characters) : String(characters.prefix(width - 1)) + "…"
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            // Control and format characters: escape sequences, line ends, changes of the writing direction.
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
            default: true
            }
        }
    }
}
