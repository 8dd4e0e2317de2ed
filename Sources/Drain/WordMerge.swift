/// Widens a word of a template so that it matches another word as well.
///
/// Words are cut at the brackets, quotes and signs inside them, so that only the piece that differs becomes `<*>`.
enum WordMerge {
    /// The merged word, in the encoding of `MaskedMessage.masked`.
    static func merged(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> [UInt8] {
        let (leftPieces, rightPieces) = (pieces(of: left), pieces(of: right))
        if leftPieces.count == rightPieces.count,
            zip(leftPieces, rightPieces).allSatisfy({
                isSeparator($0) == isSeparator($1) && (!isSeparator($0) || $0 == $1)
            })
        {
            return zip(leftPieces, rightPieces).flatMap { $0 == $1 ? Array($0) : wildcard }
        }
        let head = zip(leftPieces, rightPieces).prefix { $0 == $1 }.count
        let tail = zip(leftPieces[head...].reversed(), rightPieces[head...].reversed()).prefix { $0 == $1 }.count
        var merged = leftPieces[..<head].flatMap { $0 }
        if !merged.suffix(2).elementsEqual(wildcard) { merged += wildcard }
        let rest = leftPieces.suffix(tail).flatMap { $0 }
        return merged + (rest.starts(with: wildcard) ? rest.dropFirst(2) : rest[...])
    }

    private static let wildcard: [UInt8] = [MaskedMessage.maskByte, MaskKind.any.rawValue]

    static func isSeparator(_ piece: ArraySlice<UInt8>) -> Bool {
        guard let byte = piece.first else { return false }
        return byte != MaskedMessage.maskByte && ByteClass.table[Int(byte)].contains(.delimiter)
    }

    /// The word's pieces: single separators, and what lies between them.
    static func pieces(of word: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var start = word.startIndex
        var index = start
        while index < word.endIndex {
            if word[index] == MaskedMessage.maskByte {
                index += 2
            } else if ByteClass.table[Int(word[index])].contains(.delimiter) {
                if start < index { pieces.append(word[start..<index]) }
                pieces.append(word[index...index])
                index += 1
                start = index
            } else {
                index += 1
            }
        }
        if start < word.endIndex { pieces.append(word[start...]) }
        return pieces
    }
}
