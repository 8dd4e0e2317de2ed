internal import TocsinCore

extension MaskedMessage {
    /// What the masks of a template stand for in this message.
    ///
    /// - Parameter captures: Where they stand in the masked form, from left to right.
    func parameters(_ captures: [PatternMatcher.Capture]) -> [TemplateParameter] {
        var parameters: [TemplateParameter] = []
        parameters.reserveCapacity(captures.count)
        captures.withUnsafeBufferPointer { captures in
            content.withUnsafeBufferPointer { content in
                forEachRange(of: captures) { range in
                    parameters.append(
                        TemplateParameter(
                            kind: captures[parameters.count].kind.name,
                            value: String(decoding: UnsafeBufferPointer(rebasing: content[range]), as: UTF8.self)))
                }
            }
        }
        return parameters
    }

    /// Calls `body` with the bytes of `content` that each capture stands for.
    func forEachRange(of captures: UnsafeBufferPointer<PatternMatcher.Capture>, _ body: (Range<Int>) -> Void) {
        if captures.isEmpty { return }
        spans.withUnsafeBufferPointer { spans in
            maskOffsets.withUnsafeBufferPointer { offsets in
                // How far the message is ahead of its masked form, behind the masks that were passed.
                var ahead = 0
                var passed = 0
                func contentOffset(_ offset: Int) -> Int {
                    while passed < offsets.count, offsets[passed] + 2 <= offset {
                        ahead = spans[passed].end - offsets[passed] - 2
                        passed += 1
                    }
                    return offset + ahead
                }
                for capture in captures {
                    let start = contentOffset(Int(capture.start))
                    body(start..<contentOffset(Int(capture.end)))
                }
            }
        }
    }
}
