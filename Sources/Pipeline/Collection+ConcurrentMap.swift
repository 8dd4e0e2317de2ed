extension RandomAccessCollection where Element: Sendable, Index == Int {
    /// The results of `transform` in the order of the elements, at most `limit` of them being made at any time.
    func concurrentMap<Result: Sendable>(
        limit: Int, _ transform: @escaping @Sendable (Element) async throws -> Result
    ) async throws -> [Result] {
        if count == 1, let only = first { return [try await transform(only)] }
        return try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var results: [Result?] = Array(repeating: nil, count: count)
            var started = 0
            func startNext() {
                guard started < count else { return }
                let position = started
                let element = self[startIndex + position]
                group.addTask { (position, try await transform(element)) }
                started += 1
            }
            for _ in 0..<Swift.max(limit, 1) { startNext() }
            while let (position, result) = try await group.next() {
                results[position] = result
                startNext()
            }
            return results.compactMap(\.self)
        }
    }
}
