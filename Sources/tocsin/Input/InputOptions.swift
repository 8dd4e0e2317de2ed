internal import ArgumentParser
internal import Foundation
internal import LogFormats

/// Whether lines that belong to one record are joined.
enum Multiline: String, CaseIterable, ExpressibleByArgument {
    case auto, off

    static let help: ArgumentHelp =
        """
        auto joins the lines of stack traces and indented continuations to one record, of more than 512 lines or 64 KiB \
        or a second's pause to several parts; off takes line by line.
        """
}

/// How inputs are read.
struct InputOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The log type of all lines, such as HDFS. Default: detected.", valueName: "log type"))
    var format: String?

    @OptionGroup var formatFolders: FormatFolders

    @Option(
        help: ArgumentHelp(
            "How far clocks were from UTC that wrote time stamps without a zone, such as +02:00.", valueName: "offset"))
    var utcOffset = UTCOffset.zero

    @Flag(help: "Read as lines what does not look like text.")
    var text = false

    /// - Parameters:
    ///   - interruption: what ends a file that is followed; nil reads it to its end.
    ///   - heartbeat: after how long without anything to read an empty block is given; nil waits.
    func reader(
        path: String, _ multiline: Multiline, followingUntil interruption: Interruption? = nil,
        heartbeat: Duration? = nil
    ) throws(InputError) -> RecordReader {
        var options = RecordReader.Options()
        options.interruption = interruption
        options.heartbeat = heartbeat
        options.joinsLines = multiline == .auto
        options.acceptsBinary = text
        return try RecordReader(path: path, options: options)
    }

    /// What stands for the year and zone that an input's lines leave out: the year is the latest in which a line is no
    /// later than a day after the file's last change, or than now where the input is no file.
    func timestampDefaults(for reader: RecordReader) -> Timestamp.Defaults {
        Timestamp.Defaults(
            referenceSeconds: reader.modified ?? Int(Date().timeIntervalSince1970), offset: utcOffset)
    }
}
