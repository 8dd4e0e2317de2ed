import Testing
import TocsinCore
import WireMessages

@Suite("every message")
struct WireMessageTests {
    @Test("decodes to the value that was encoded", arguments: AnyMessage.all)
    func roundTrip(kind: AnyMessage) throws {
        var random = RandomMessages(seed: 1)
        for _ in 0..<500 { #expect(try kind.survives(&random)) }
    }

    @Test("decodes or throws, but never crashes, when it is cut anywhere", arguments: AnyMessage.all)
    func truncation(kind: AnyMessage) throws {
        var random = RandomMessages(seed: 2)
        var refused = 0
        for _ in 0..<20 {
            let bytes = try kind.encodeRandom(&random)
            for count in 0..<bytes.count {
                do {
                    try kind.decode(Array(bytes[..<count]))
                } catch {
                    #expect(error.message == kind.name)
                    #expect(error.byteCount == count)
                    refused += 1
                }
            }
        }
        // Only a cut between two fields leaves a message, and messages of one small field have no such place.
        #expect(refused > 0 || kind.name.hasSuffix("InfoRequest"))
    }

    @Test("never crashes on random bytes", arguments: AnyMessage.all)
    func randomBytes(kind: AnyMessage) {
        var random = RandomMessages(seed: 3)
        for _ in 0..<10_000 {
            do {
                try kind.decode(random.line())
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    @Test("never crashes on a message in which bytes were changed", arguments: AnyMessage.all)
    func mutatedBytes(kind: AnyMessage) throws {
        var random = RandomMessages(seed: 4)
        for _ in 0..<2_000 {
            var bytes = try kind.encodeRandom(&random)
            guard !bytes.isEmpty else { continue }
            for _ in 0..<random.number(1...3) {
                bytes[random.number(0...bytes.count - 1)] = UInt8(random.number(0...255))
            }
            do {
                try kind.decode(bytes)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }
}
