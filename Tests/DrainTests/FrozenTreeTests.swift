import Drain
import Testing

@Suite struct FrozenTreeTests {
    private let tree = FrozenTree(typedTexts: [
        "worker <NUM> is idle", "worker <NUM> is <*>", "disk <PATH> full", "boot",
    ])

    @Test("the narrowest template that matches is taken")
    func narrowest() {
        #expect(tree.match("worker 7 is idle") == "worker <*> is idle")
        #expect(tree.match("worker 7 is parked") == "worker <*> is <*>")
        #expect(tree.match("worker seven is busy") == nil)
        #expect(tree.match("") == nil)
    }

    @Test("a part of any number of words takes one or more")
    func words() {
        let tree = FrozenTree(typedTexts: ["retry <WORDS>", "copied <WORDS> to <PATH>"])
        #expect(tree.match("retry now or never again") == "retry <*>")
        #expect(tree.match("copied a few files to /tmp/x") == "copied <*> to <*>")
        #expect(tree.match("copied to /tmp/x") == nil)
        #expect(tree.match("retry") == nil)
    }

    @Test("the file gives the same tree, and the same bytes for templates in any order")
    func file() throws {
        let file = tree.encoded()
        let read = try FrozenTree(decoding: file)
        #expect(read.typedTexts == tree.typedTexts)
        #expect(read.encoded() == file)
        #expect(read.sha256 == tree.sha256)
        #expect(FrozenTree(typedTexts: tree.typedTexts.reversed() + ["boot"]).encoded() == file)
    }

    @Test("a file that is cut anywhere is refused")
    func cutFile() {
        let file = tree.encoded()
        for length in 0..<(file.count - 1) {
            #expect(throws: TemplateFileError.self) { try FrozenTree(decoding: Array(file[..<length])) }
        }
    }

    @Test(
        "a file of another kind is refused with the reason",
        arguments: [
            ("[]", TemplateFileError.wrongFormat(expected: "tocsin-templates")),
            (#"{"format":"tocsin-templates"}"#, .missing("version")),
            (#"{"format":"tocsin-templates","version":9}"#, .wrongVersion(found: 9, expected: 1)),
            (#"{"format":"tocsin-templates","version":1}"#, .missing("templates")),
            (#"{"format":"tocsin-templates","version":1,"templates":[3]}"#, .notText(index: 0, found: "a number")),
        ])
    func wrongFile(text: String, error: TemplateFileError) {
        #expect(throws: error) { try FrozenTree(decoding: Array(text.utf8)) }
    }
}
