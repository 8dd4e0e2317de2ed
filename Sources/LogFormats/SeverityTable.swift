/// Level names and the OpenTelemetry severity numbers they stand for: 1 TRACE, 5 DEBUG, 9 INFO, 13 WARN, 17 ERROR,
/// 21 FATAL, and the steps between.
public enum SeverityTable {
    /// Names that any format may use, in upper case; a format's own `levels` come before them.
    static let standard: [String: UInt8] = [
        "TRACE": 1, "FINEST": 1, "VERBOSE": 3, "FINER": 3, "FINE": 5, "DEBUG": 5, "DEBG": 5, "CONFIG": 7,
        "INFO": 9, "INFORMATION": 9, "INFORMATIONAL": 9, "LOG": 9, "NOTICE": 10,
        "WARN": 13, "WARNING": 13, "ERR": 17, "EROR": 17, "ERROR": 17, "SEVERE": 17, "CRIT": 18, "CRITICAL": 18,
        "ALERT": 19, "FATAL": 21, "EMERG": 21, "EMERGENCY": 21, "PANIC": 24,
    ]

    /// Severity numbers of the eight syslog severities, from `emerg` to `debug`.
    static let syslog: [UInt8] = [21, 19, 18, 17, 13, 10, 9, 5]

    /// The severity number of a level name in any case, or 0 where the table does not have it.
    public static func number(of level: UnsafeBufferPointer<UInt8>) -> Int {
        guard let base = level.baseAddress, (3...13).contains(level.count) else { return 0 }
        return Int(lookUp(base, count: level.count))
    }

    /// The end of the level name at `position`, or -1: a scanner like those of `ByteScanner`.
    static func scan(_ scanner: ByteScanner, _ position: Int) -> Int {
        var next = position
        while next < scanner.end, ByteScanner.isLetter(scanner.base[next]) { next += 1 }
        let count = next - position
        guard (3...13).contains(count), lookUp(scanner.base + position, count: count) != 0 else { return -1 }
        return next
    }

    private static func lookUp(_ base: UnsafePointer<UInt8>, count: Int) -> UInt8 {
        let key = key(UnsafeBufferPointer(start: base, count: count))
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low < keys.count && keys[low].key == key ? keys[low].number : 0
    }

    /// The letters in upper case, five bits each, the length before them: unique for names of up to 12 letters, and the
    /// one of 13 differs from all in its first 12.
    private static func key(_ letters: some Collection<UInt8>) -> UInt64 {
        var key = UInt64(letters.count)
        for letter in letters.prefix(12) { key = key << 5 | UInt64(letter & 31) }
        return key
    }

    private static let keys: [(key: UInt64, number: UInt8)] = standard.map { (key($0.key.utf8), $0.value) }
        .sorted { $0.key < $1.key }
}
