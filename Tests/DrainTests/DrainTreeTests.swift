import Testing
import TocsinCore

@testable import Drain

@Suite struct DrainTreeTests {
    @Test("messages of one event share a template, with the words that vary as parameters")
    func groups() {
        var tree = DrainTree()
        let first = tree.add("Session of user=alice was closed after 35ms")
        #expect(first.typedText == "Session of user=alice was closed after <DURATION>")
        let second = tree.add("Session of user=bob was closed after 8ms")
        #expect(second.typedText == "Session of user=<*> was closed after <DURATION>")
        #expect(second.text == "Session of user=<*> was closed after <*>")
        #expect(second.supersedes == [first.id])
        #expect(second.id != first.id && second.id.count == 32)
        #expect(
            second.parameters == [
                TemplateParameter(kind: "*", value: "bob"), TemplateParameter(kind: "DURATION", value: "8ms"),
            ])
        #expect(tree.add("Session of user=alice was closed after 35ms").id == second.id)
        #expect(tree.count == 1)
    }

    @Test("samples are kept without their secrets")
    func samples() {
        var tree = DrainTree()
        _ = tree.add("login of eve@example.org with password=hunter2 failed")
        #expect(tree.summaries().map(\.samples) == [["login of <EMAIL> with password=<SECRET> failed"]])
    }

    @Test("a place of plain words is variable once enough different ones stood there")
    func plainWords() {
        var tree = DrainTree()
        let names = ["alice", "bob", "carol", "dave", "erin"]
        let ids = names.map { tree.add("Accepted a login by \($0) on the console") }.map(\.id)
        #expect(Set(ids).count == 5)
        let template = tree.add("Accepted a login by heidi on the console")
        #expect(template.text == "Accepted a login by <*> on the console")
        #expect(tree.count == 1)
        #expect(Set(template.supersedes) == Set(ids))
    }

    @Test(
        "messages that say opposite things never share a template",
        arguments: [
            ("service nginx started on node-1", "service nginx stopped on node-2"),
            ("link eth0 is up", "link eth0 is down"), ("backup 17: success", "backup 18: failure"),
            ("session=4 state=opened by uid=3", "session=5 state=closed by uid=4"),
            ("feature \"x\" was enabled", "feature \"x\" was disabled"), ("mount /a is valid", "mount /b is invalid"),
        ])
    func opposites(one: String, other: String) {
        var tree = DrainTree()
        #expect(tree.add(one).id != tree.add(other).id)
        #expect(tree.count == 2)
    }

    @Test("a list of values may have another length each time")
    func lists() {
        var tree = DrainTree()
        _ = tree.add("Free blocks in zone: 17 18 19 20 and none else")
        let template = tree.add("Free blocks in zone: 3 7 and none else")
        #expect(template.text == "Free blocks in zone: <*> and none else")
        #expect(template.parameters == [TemplateParameter(kind: "WORDS", value: "3 7")])
    }

    @Test("values at the end that some messages have and others lack are one part")
    func trailingParts() {
        var tree = DrainTree()
        let bare = tree.add("Flushed the segment after 35ms")
        let more = tree.add("Flushed the segment after 8ms 12KB 7")
        #expect(more.text == "Flushed the segment after <*>")
        #expect(more.supersedes == [bare.id])
        #expect(more.parameters == [TemplateParameter(kind: "WORDS", value: "8ms 12KB 7")])
        #expect(tree.add("Flushed the segment after 9ms").id == more.id)
    }

    @Test("only the piece of a word that differs becomes variable")
    func pieces() {
        var tree = DrainTree()
        _ = tree.add("login denied (user=alice,reason=expired) on console")
        let template = tree.add("login denied (user=bob,reason=expired) on console")
        #expect(template.text == "login denied (user=<*>,reason=expired) on console")
    }

    @Test("template and parameters give any message back, byte for byte", arguments: [1, 2, 3, 4])
    func restoring(seed: UInt64) {
        var messages = RandomMessages(seed: seed)
        var tree = DrainTree()
        for _ in 0..<5_000 {
            let message = messages.message()
            let template = tree.add(message)
            #expect(Array(restored(template).utf8) == Array(message.utf8))
        }
    }

    @Test(
        "what only reads alike has templates of its own: broken bytes, and what is written for them",
        arguments: [
            [[0x61, 0x93], [0x61, 0xCD], [0x61, 0xEF, 0xBF, 0xBD], Array("a\\x93".utf8)],
            [Array("Out \0o\n\n".utf8) + [0x93, 0x0A], Array("Out \0o\n\n".utf8) + [0xE2, 0x82, 0x0A]],
        ] as [[[UInt8]]])
    func lookalikes(messages: [[UInt8]]) {
        var tree = DrainTree()
        var message = MaskedMessage()
        var ids: Set<String> = []
        for _ in 0..<2 {
            for bytes in messages {
                bytes.withUnsafeBufferPointer { message.load($0) }
                let template = tree.add(message)
                ids.insert(template.id)
                #expect(TemplatePattern(typedText: template.typedText).typedText == template.typedText)
            }
        }
        #expect(ids.count == messages.count)
    }

    @Test("a message matches the tree that it was added to")
    func matching() {
        var messages = RandomMessages(seed: 9)
        var tree = DrainTree()
        let added = (0..<2_000).map { _ in messages.message() }
        for message in added { _ = tree.add(message) }
        let frozen = FrozenTree(tree)
        for message in added {
            let template = tree.match(message)
            #expect(template.map(restored) == message)
            #expect(frozen.match(message) == template?.text)
        }
    }

    @Test("the number of templates stays within its bound")
    func bound() {
        var configuration = DrainConfiguration()
        configuration.maxTemplates = 100
        var tree = DrainTree(configuration: configuration)
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        for index in 0..<100_000 {
            let word = String([3, 7, 11, 5].map { letters[(index / $0) % 26] }) + String(letters[index % 26])
            _ = tree.add("\(word) \(word.reversed().map(String.init).joined()) happened")
            #expect(tree.count <= 100)
        }
    }

    @Test("a message of a megabyte is taken and given back")
    func megabyte() {
        var tree = DrainTree()
        for message in [
            String(repeating: "a", count: 1_000_000), String(repeating: "word 17 ", count: 125_000),
            String(repeating: "é", count: 500_000), String(repeating: "7 ", count: 500_000),
        ] {
            let template = tree.add(message)
            #expect(template.text.utf8.count < 20_000)
            #expect(restored(template) == message)
        }
    }
}

/// What a reader of the documented form does: each mask of the typed text gives way to the next parameter.
///
/// On bytes: a combining character after a mask would hide the mask's bracket from a search by characters.
func restored(_ template: MinedTemplate) -> String {
    var text = Array(template.typedText.utf8)[...]
    var restored: [UInt8] = []
    for parameter in template.parameters {
        guard let mask = text.firstRange(of: Array("<\(parameter.kind)>".utf8)) else {
            return "no mask for \(parameter)"
        }
        restored += text[..<mask.lowerBound] + parameter.value.utf8
        text = text[mask.upperBound...]
    }
    return String(decoding: restored + text, as: UTF8.self)
}
