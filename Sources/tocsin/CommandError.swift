/// Why a command cannot do what it was told, although its options are well-formed: no usage follows it.
struct CommandError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
