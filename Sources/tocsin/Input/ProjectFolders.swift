internal import ArgumentParser
internal import Foundation

/// Where models and the encoder lie: as named, else below the working directory or a folder above the program.
struct ProjectFolders: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder of trained models. Default: models/, here or above the program.", valueName: "dir"))
    var models: String?

    @Option(
        help: ArgumentHelp(
            "The encoder's checkpoint folder. Default: encoder/ in the folder of models.", valueName: "dir"))
    var encoder: String?

    /// - Throws: `CommandError` that says how to get the models.
    func modelsDirectory() throws -> String {
        if let models { return models }
        guard let found = Self.find("models/templates/templates.json") else {
            throw CommandError(
                "no trained models: models/templates is neither below the working directory nor above the program; "
                    + "name the folder with --models, or train with 'tocsin train ml'")
        }
        return found + "/models"
    }

    /// - Throws: `CommandError` that says how to get the encoder.
    func encoderDirectory() throws -> String {
        if let encoder { return encoder }
        if let models, Self.exists("\(models)/encoder/config.json") { return "\(models)/encoder" }
        guard let found = Self.find("models/encoder/config.json") else {
            throw CommandError(
                "no encoder: models/encoder is neither below the working directory nor above the program; get it by "
                    + "running models/fetch-encoder, or name a BERT checkpoint's folder with --encoder")
        }
        return found + "/models/encoder"
    }

    /// The nearest folder that has `path`, seen from the working directory and then upwards from the program.
    private static func find(_ path: String) -> String? {
        if exists(path) { return FileManager.default.currentDirectoryPath }
        var folder = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
        while let current = folder, current.path != "/" {
            if exists("\(current.path)/\(path)") { return current.path }
            folder = current.deletingLastPathComponent()
        }
        return nil
    }

    private static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
