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
    }

    @Test("values are kept by what they cost, and one that costs more than all may is not kept")
    func costs() {
        var memory = RecentMemory<Int, Int>(capacity: 100)
        for key in 0..<50 {
            memory.insert(key, for: key, cost: 30)
            memory.insert(key, for: key, cost: 30)
            #expect(memory.cost <= 200)
            #expect(memory.cost == memory.count * 30)
            #expect(memory.value(for: key) == key)
        }
        memory.insert(1, for: 1000, cost: 101)
        #expect(memory.value(for: 1000) == nil)
        #expect((3...6).contains(memory.count))
    }
}
