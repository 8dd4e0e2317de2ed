internal import TocsinCore

extension MaskedMessage {
    /// What the masks of a template stand for in this message.
    ///
    /// - Parameter captures: Where they stand in the masked form, from left to right.
    func parameters(_ captures: UnsafeBufferPointer<PatternMatcher.Capture>) -> [TemplateParameter] {
        guard !captures.isEmpty else { return [] }
        return content.withUnsafeBufferPointer { content in
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
                    var parameters: [TemplateParameter] = []
                    parameters.reserveCapacity(captures.count)
                    for capture in captures {
                        let start = contentOffset(Int(capture.start))
                        let end = contentOffset(Int(capture.end))
                        let value = UnsafeBufferPointer(rebasing: content[start..<end])
                        parameters.append(
                            TemplateParameter(kind: capture.kind.name, value: String(decoding: value, as: UTF8.self)))
                    }
                    return parameters
                }
            }
        }
    }
}
