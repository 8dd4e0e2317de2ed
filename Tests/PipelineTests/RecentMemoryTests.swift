import Testing

@testable import Pipeline

@Suite struct RecentMemoryTests {
    @Test("remembers what was lately used and never more than twice its capacity")
    func bounded() {
        var memory = RecentMemory<Int, Int>(capacity: 10)
        for key in 0..<1000 {
            memory.insert(key * key, for: key)
            #expect(memory.value(for: 0) == 0, "what is asked for all the time stays")
        }
        let remembered = (0..<1000).filter { key in
            var copy = memory
            return copy.value(for: key) != nil
        }
        #expect(remembered.count <= 20)
        #expect(remembered.last == 999)
        memory.removeAll()
        #expect(memory.value(for: 999) == nil)
    }
}
