internal import Drain
internal import LogFormats
internal import LogParsing
internal import TocsinCore

/// The formats, compiled once.
private let library: FormatLibrary = {
    do { return try .standard() } catch { fatalError("no formats: \(error)") }
}()

/// A tree that is full after a few lines, so that eviction is fuzzed too.
private let configuration: LineParser.Configuration = {
    var configuration = LineParser.Configuration()
    configuration.maxLineBytes = 4096
    configuration.drain.maxTemplates = 24
    configuration.drain.maxChildren = 6
    configuration.drain.maxRememberedForms = 32
    return configuration
}()

private let frozenTree = FrozenTree(typedTexts: [
    "Connection closed by <IP>", "session <*> for user <*>", "took <DURATION>", "<*> of <NUM> <*>",
])

/// Takes the bytes as lines of a log through joining, detection, fields, Drain and features, and holds the parser to
/// what it promises of any input: an answer for every line, the same twice, and templates that give contents back.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzParsing(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    var lines = LineBlock()
    var joiner = RecordJoiner()
    var joined = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
        lines.append(line)
        if let record = joiner.add(line) {
            joined += record.place.lines.count
            lines.append(record.bytes)
        }
    }
    if let record = joiner.flush() {
        joined += record.place.lines.count
        lines.append(record.bytes)
    }
    require(joined == bytes.count { $0 == 0x0A } + 1, "\(joined) lines came back from the joiner")

    let parser = LineParser(library: library, frozenTree: frozenTree, configuration: configuration)
    let names = library.formats.map(\.name)
    let forced = count % 4 == 0 ? names[count / 4 % names.count] : nil
    do {
        let batch = ParseBatch(lines: lines, forcedLogType: forced)
        let first = try parser.parse(batch)
        let second = try parser.parse(batch, timestampDefaults: Timestamp.Defaults(referenceSeconds: count << 20))
        require(first.lines.count == lines.count, "\(first.lines.count) answers to \(lines.count) lines")
        for (one, other) in zip(first.lines, second.lines) { check(try one.get(), try other.get()) }
    } catch {
        fatalError("the batch failed: \(error)")
    }
    return 0
}

/// A precondition that says why in a release build too.
private func require(_ isTrue: Bool, _ reason: @autoclosure () -> String) {
    if !isTrue { fatalError(reason()) }
}

private func check(_ first: ParsedLine, _ second: ParsedLine) {
    require(first.features.count == 22 && first.features.allSatisfy(\.isFinite), "features \(first.features)")
    require(first.features == second.features, "features differ")
    require(
        first.modelText == second.modelText && first.modelTemplate == second.modelTemplate, "models' texts differ")
    require(first.logType == second.logType && first.content == second.content, "the line is read otherwise")
    require((0...1).contains(first.formatConfidence), "confidence \(first.formatConfidence)")
    // What a template writes as an escape is left out: literal masks and escapes, and bytes that are no UTF-8.
    for line in [first, second]
    where !line.content.unicodeScalars.contains(where: { "<\\\u{FFFD}".unicodeScalars.contains($0) }) {
        require(
            Array(rebuilt(line.template).utf8) == Array(line.content.utf8),
            "\(line.template) does not give back '\(line.content)'")
    }
}

/// The template's typed text with its parameters in the place of their masks.
private func rebuilt(_ template: MinedTemplate) -> String {
    var text: [UInt8] = []
    var rest = Array(template.typedText.utf8)[...]
    for parameter in template.parameters {
        let mask = Array("<\(parameter.kind)>".utf8)
        while !rest.isEmpty, !rest.starts(with: mask) { text.append(rest.removeFirst()) }
        rest = rest.dropFirst(mask.count)
        text += Array(parameter.value.utf8)
    }
    return String(decoding: text + rest, as: UTF8.self)
}
