internal import ArgumentParser
internal import BERT
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
              tocsin embed texts.txt --variant lora                the vectors that the model lora reads
            """)

    @Argument(help: "The file to read; - is standard input.", completion: .file())
    var file = "-"

    @OptionGroup(title: "Models") var folders: ProjectFolders

    @Option(help: "The encoder's weights: \(EncoderVariant.allCases.map(\.rawValue).joined(separator: ", ")).")
    var variant = EncoderVariant.base

    @Option(help: "What the encoder computes with: fp32, or int8, which is faster and close to it.")
    var precision = EncoderPrecision.fp32

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
        let engine = EmbeddingEngine(try encoders(), options: options)
        let progress = showsProgress ? ProgressLine() : nil
        var standardOutput = StandardOutput()
        var array: [VectorBlock] = []
        while let block = try await reader.next()?.records {
            for start in stride(from: 0, to: block.count, by: Self.batchTexts) {
                let texts = LineBlock(block, in: start..<min(start + Self.batchTexts, block.count))
                let embedded = try await engine.embed(EmbedBatch(texts: texts, variant: variant))
                switch output {
                case .npy: array.append(embedded.vectors)
                case .ndjson:
                    Self.write(texts, embedded, to: &standardOutput)
                    standardOutput.flush()
                }
                // A block's lines are read before they are embedded: the share of them that is done is as near as bytes.
                if let size = reader.size {
                    let ahead = (block.ends.last ?? 0) - block.ends[start + texts.count - 1]
                    progress?.show("bytes", max(0, min(reader.position - ahead, size)), of: size)
                }
            }
        }
        progress?.end()
        if output == .npy { NumPyArray.write(array, to: &standardOutput) { $0.flush() } }
        standardOutput.flush()
    }

    private static let batchTexts = 1024

    /// The encoder, with the variant's adapters where it has any.
    private func encoders() throws -> EncoderSet {
        let checkpoint = try Checkpoint(directory: folders.encoderDirectory(), precision: precision)
        guard variant != .base else { return EncoderSet(checkpoint) }
        return try EncoderSet(checkpoint, modelsDirectory: folders.modelsDirectory(), variants: [variant])
    }

    /// One object a text: the text, its number of tokens, special ones included, and the vector.
    static func write(_ texts: LineBlock, _ embedded: EmbeddedBatch, to output: inout StandardOutput) {
        var json = JSONWriter()
        for (row, text) in texts.enumerated() {
            json.object { json in
                json.key("text")
                json.text(text)
                json.member("tokens", embedded.tokenCounts[row])
                json.member("vector", embedded.vectors[row])
            }
            json.newline()
        }
        output.write(json.bytes)
    }

    /// Vectors that scroll by on the terminal say enough themselves.
    private var showsProgress: Bool { isatty(STDERR_FILENO) == 1 && !StandardOutput.isTerminal }
}

extension LineBlock {
    fileprivate init(_ block: LineBlock, in range: Range<Int>) {
        self.init()
        for index in range { append(block[index]) }
    }
}
