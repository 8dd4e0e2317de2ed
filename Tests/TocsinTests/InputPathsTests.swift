import Foundation
import Testing

@testable import tocsin

@Suite struct InputPathsTests {
    @Test("a pattern that the shell left alone stands for the files that fit it, in order")
    func pattern() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tocsin-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["b.log", "a.log", "c.txt", "x[1].log"] {
            try Data().write(to: folder.appending(path: name))
        }
        let path = folder.path
        #expect(try InputPaths.expand("\(path)/?.log") == ["\(path)/a.log", "\(path)/b.log"])
        #expect(try InputPaths.expand("\(path)/x[1].log") == ["\(path)/x[1].log"])  // it is there by that name
        #expect(try InputPaths.expand("\(path)/none") == ["\(path)/none"])
        #expect(try InputPaths.expand("-") == ["-"])
        #expect(throws: InputError.noMatch(pattern: "\(path)/*.gz")) { try InputPaths.expand("\(path)/*.gz") }
    }
}
