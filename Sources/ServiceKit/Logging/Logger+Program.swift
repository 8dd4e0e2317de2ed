public import Logging

extension Logger {
    /// Sends all logs of the process to `JSONLogHandler` and gives the program its logger: call it once, first of all.
    ///
    /// - Parameter program: the program's name, such as `tocsin-parser`.
    public static func program(_ program: String, level: Logger.Level) -> Logger {
        JSONLogHandler.bootstrap(level: level)
        return Logger(label: program)
    }
}
