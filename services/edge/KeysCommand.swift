internal import ArgumentParser
internal import Foundation

/// `tocsin-edge keys`: the file of API keys.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Make, list, rotate and revoke API keys.",
        discussion: """
            A running edge notices within seconds. A key is shown once, when it is made; the file keeps its hash.

            EXAMPLES
              tocsin-edge keys add --file keys.json --name dashboard --scope analyze --scope read
              tocsin-edge keys rotate 1f4c09ab --file keys.json --overlap 24
              tocsin-edge keys list --file keys.json
              curl -H 'Authorization: Bearer tocsin_1f4c09ab_...' ...
            """,
        subcommands: [Add.self, List.self, Rotate.self, Revoke.self])

    struct FileOption: ParsableArguments {
        @Option(name: .customLong("file"), help: "The file of keys; --keys of the server names it too.")
        var path: String

        var file: KeyFile { KeyFile(path: path) }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a key and show it, this once.")

        @OptionGroup var options: FileOption

        @Option(help: "What the key is for.")
        var name: String

        @Option(help: "What it may do: analyze, read or admin; may be repeated.")
        var scope: [AccessScope] = [.analyze, .read]

        @Option(help: "Requests a minute.")
        var rate = 600

        @Option(help: "After how many days it expires. Default: never.")
        var expiresIn: Double?

        func validate() throws {
            guard rate > 0 else { throw ValidationError("--rate is \(rate), expected at least 1") }
            guard expiresIn.map((0...36_500).contains) ?? true else {
                throw ValidationError("--expires-in is \(expiresIn ?? 0), expected days, from 0 to 36500")
            }
            guard !name.isEmpty, !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
            else {
                throw ValidationError("--name is empty or has control characters, expected a text of one line")
            }
        }

        func run() throws {
            let now = Date.now
            let (key, text) = APIKey.make(
                name: name, scopes: Set(scope), requestsPerMinute: rate, now: now,
                expires: expiresIn.map { now.addingTimeInterval($0 * 86_400) })
            try options.file.change(createsFile: true) { $0.append(key) }
            print(text)
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the keys, without what only callers know.")

        @OptionGroup var options: FileOption

        func run() throws {
            for key in try options.file.read() {
                let until = key.expires.map { $0.formatted(.iso8601) } ?? "it is revoked"
                print(
                    "\(key.id)  \(key.scopes.sorted().joined(separator: ","))  \(key.requestsPerMinute)/min  "
                        + "until \(until)  \(key.name)")
            }
        }
    }

    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key like another one, which stays good for a while.")

        @OptionGroup var options: FileOption

        @Argument(help: "The id of the key to replace.")
        var id: String

        @Option(help: "For how many hours the old key stays good.")
        var overlap = 24.0

        func validate() throws {
            guard (0...87_600).contains(overlap) else {
                throw ValidationError("--overlap is \(overlap), expected hours, from 0 to 87600")
            }
        }

        func run() throws {
            let now = Date.now
            let text = try options.file.change { keys in
                let index = try keys.index(of: id, path: options.path)
                let old = keys[index]
                let (key, text) = APIKey.make(
                    name: old.name, scopes: Set(old.scopes.compactMap(AccessScope.init)),
                    requestsPerMinute: old.requestsPerMinute, now: now,
                    expires: old.expires.map { now.addingTimeInterval($0.timeIntervalSince(old.created)) })
                let end = now.addingTimeInterval(overlap * 3600)
                keys[index].expires = min(old.expires ?? end, end)
                keys.append(key)
                return text
            }
            print(text)
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a key worthless.")

        @OptionGroup var options: FileOption

        @Argument(help: "The id of the key.")
        var id: String

        func run() throws {
            try options.file.change { keys in _ = keys.remove(at: try keys.index(of: id, path: options.path)) }
        }
    }
}

extension [APIKey] {
    fileprivate func index(of id: String, path: String) throws(KeyFileError) -> Int {
        guard let index = firstIndex(where: { $0.id == id }) else {
            throw KeyFileError(
                path: path, reason: "it has no key '\(id)'", remedy: "its keys are \(map(\.id).joined(separator: ", "))"
            )
        }
        return index
    }
}

extension AccessScope: ExpressibleByArgument {}
