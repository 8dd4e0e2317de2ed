import Foundation
import JSONText

/// A configuration file: one JSON object whose members are settings, under the names of their flags.
struct SettingsFile {
    let path: String
    /// The members as a flag would spell them; lists with commas between their elements.
    let values: [String: String]

    init(path: String) throws(ConfigurationError) {
        func unusable(_ reason: String) -> ConfigurationError {
            ConfigurationError(problems: ["the configuration file '\(path)' cannot be used: \(reason)"])
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw unusable("it does not exist or may not be read")
        }
        let json: JSONValue
        do { json = try JSONValue(parsing: [UInt8](data)) } catch { throw unusable("\(error)") }
        guard case .object(let members) = json else { throw unusable("it holds \(json.kind), expected an object") }
        var values: [String: String] = [:]
        for member in members {
            guard let text = Self.text(member.value) else {
                throw unusable("\"\(member.name)\" is \(member.value.kind), expected text, a number or a list of them")
            }
            values[member.name] = text
        }
        self.path = path
        self.values = values
    }

    private static func text(_ value: JSONValue) -> String? {
        switch value {
        case .string(let bytes): String(decoding: bytes, as: UTF8.self)
        case .number(let number): Int(exactly: number).map(String.init) ?? String(number)
        case .bool(let flag): String(flag)
        case .array(let elements): joined(elements.map(text))
        case .null, .object: nil
        }
    }

    private static func joined(_ texts: [String?]) -> String? {
        texts.contains(nil) ? nil : texts.compactMap(\.self).joined(separator: ",")
    }
}
