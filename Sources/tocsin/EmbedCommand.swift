internal import ArgumentParser
internal import Embedding
internal import Foundation
internal import JSONText
internal import TocsinCore

/// `tocsin embed`: the 768-wide embedding of every line, as the models see it.
struct EmbedCommand: AsyncParsableCommand {
    /// How vectors are written.
    enum Output: String, CaseIterable, ExpressibleByArgument {
        case ndjson, npy
    }

    static let configuration = CommandConfiguration(
        commandName: "embed",
        abstract: "Turn texts, one a line, into vectors.",
        discussion: """
            EXAMPLES
              echo "disk full" | tocsin embed -
              tocsin embed texts.txt --output npy > texts.npy      numpy.load reads it: [texts, 768], float32
            """)

    @Argument(help: "The file to read; - is standard input.", completion: .file())
    var file = "-"

    @OptionGroup(title: "Models") var folders: ProjectFolders

    @Option(name: .shortAndLong, help: "ndjson: text, tokens, vector; npy: the vectors as one NumPy array.")
    var output = Output.ndjson

    @Option(help: "Threads for the encoder.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        guard threads > 0 else { throw ValidationError("--threads is \(threads), expected at least 1") }
    }

    func run() async throws {
        guard output == .ndjson || !StandardOutput.isTerminal else {
            throw ValidationError("--output npy is binary and standard output is a terminal; send it to a file")
        }
        let reader = try RecordReader(path: file)
        var options = EmbeddingOptions()
        options.threads = threads
        let engine = try EmbeddingEngine(
            encoderDirectory: folders.encoderDirectory(), options: options, version: ProgramVersion.current)
        var standardOutput = StandardOutput()
        var json = JSONWriter()
        var array: [VectorBlock] = []
        while let block = try await reader.next()?.records {
            var start = 0
            while start < block.count {
                let texts = LineBlock(block, in: start..<min(start + 1024, block.count))
                let embedded = try await engine.embed(EmbedBatch(texts: texts))
                switch output {
                case .npy: array.append(embedded.vectors)
                case .ndjson:
                    for (row, text) in texts.enumerated() {
                        json.object { json in
                            json.key("text")
                            json.text(text)
                            json.member("tokens", embedded.tokenCounts[row])
                            json.member("vector", embedded.vectors[row])
                        }
                        json.newline()
                    }
                    standardOutput.write(json.bytes)
                    standardOutput.flush()
                    json.removeAll()
                }
                start += texts.count
            }
        }
        if output == .npy { NumPyArray.write(array, to: &standardOutput) }
        standardOutput.flush()
    }
}

extension LineBlock {
    fileprivate init(_ block: LineBlock, in range: Range<Int>) {
        self.init()
        for index in range { append(block[index]) }
    }
}
