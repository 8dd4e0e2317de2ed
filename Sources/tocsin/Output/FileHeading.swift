/// The line that says in a table which file the rows below it are of.
struct FileHeading {
    private var file: String?

    /// The heading where `file` is another one than that of the row before, and nothing elsewhere.
    mutating func text(before file: String?) -> String {
        guard let file, file != self.file else { return "" }
        self.file = file
        return "==> \(TerminalText.shown(file, width: 1000)) <==\n"
    }
}
