/// Reads settings from flags, the environment and a JSON file, the first that speaks wins, and gathers what is wrong.
public struct SettingsReader: ~Copyable {
    private let environment: [String: String]
    private let file: SettingsFile?
    private var problems: [String] = []
    private var askedFor: Set<String> = []

    /// Reads all settings that `build` asks for.
    ///
    /// - Parameters:
    ///   - configFile: the value of `--config`; where it is nil, `TOCSIN_CONFIG` counts.
    ///   - environmentFile: the value of `--env-file`; where it is nil, `TOCSIN_ENV_FILE` counts, then `.env` in the
    ///     working directory, where there is one.
    ///   - environment: the process' environment, which outweighs the file.
    /// - Throws: one error with everything that is wrong.
    public static func read<Result>(
        configFile: String?, environmentFile: String? = nil, environment: [String: String],
        _ build: (inout SettingsReader) -> Result
    ) throws(ConfigurationError) -> Result {
        // An empty variable is what a compose file or a unit makes of one that is not set.
        var environment = environment.filter { !$0.value.isEmpty }
        let variables = try EnvironmentFile.read(
            path: environmentFile ?? environment[ServerSettings.environmentFile.environmentName])
        environment.merge(variables.filter { !$0.value.isEmpty }) { own, _ in own }
        let path = configFile ?? environment[ServerSettings.config.environmentName]
        let file: SettingsFile?
        if let path { file = try SettingsFile(path: path) } else { file = nil }
        var reader = SettingsReader(environment: environment, file: file)
        let result = build(&reader)
        reader.refuseUnknownKeys()
        guard reader.problems.isEmpty else { throw ConfigurationError(problems: reader.problems) }
        return result
    }

    private init(environment: [String: String], file: SettingsFile?) {
        self.environment = environment
        self.file = file
    }

    /// The setting's value; its fallback also where the value is wrong, so that the others are read as well.
    public mutating func value<Value>(of setting: Setting<Value>, flag: String?) -> Value {
        askedFor.insert(setting.name)
        guard let (text, source) = find(setting, flag: flag) else {
            if setting.isRequired {
                problems.append(
                    "\(setting.name) is not set, expected \(setting.expected): pass --\(setting.name), "
                        + "set \(setting.environmentName) or write \"\(setting.name)\" in the configuration file")
            }
            return setting.fallback
        }
        guard let value = setting.parse(text) else {
            problems.append("\(source) is '\(text)', expected \(setting.expected)")
            return setting.fallback
        }
        return value
    }

    /// Adds what only several settings together show to be wrong.
    public mutating func refuse(_ problem: String) { problems.append(problem) }

    private func find<Value>(_ setting: Setting<Value>, flag: String?) -> (text: String, source: String)? {
        if let flag { return (flag, "--\(setting.name)") }
        if let text = environment[setting.environmentName] { return (text, setting.environmentName) }
        if let name = setting.documentedName, let text = environment[name] { return (text, name) }
        return file.flatMap { file in
            file.values[setting.name].map { ($0, "\"\(setting.name)\" in \(file.path)") }
        }
    }

    private mutating func refuseUnknownKeys() {
        guard let file else { return }
        for key in file.values.keys.sorted() where !askedFor.contains(key) {
            problems.append(
                "\"\(key)\" in \(file.path) is no setting of this program, "
                    + "expected one of \(askedFor.sorted().joined(separator: ", "))")
        }
    }
}
