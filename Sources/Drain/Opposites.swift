/// Pairs of words of which one says what begins and the other what ends, or the good and the bad outcome.
///
/// Messages that differ by such a pair report different events, however much else they share.
enum Opposites {
    /// True where the two words, in whatever case, contradict each other.
    static func contains(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
        let (left, right) = (lowercased(left), lowercased(right))
        return pairs.contains("\(left) \(right)") || negates(left, right) || negates(right, left)
    }

    /// True where `word` is `other` with a prefix that turns its meaning round.
    private static func negates(_ word: String, _ other: String) -> Bool {
        other.utf8.count > 2 && word.hasSuffix(other)
            && ["un", "in", "im", "dis", "de", "non", "not", "re-", "non-"].contains(word.dropLast(other.count))
    }

    /// True where the bytes of `text` in `range` are a word, in whatever case, that stands in the list below; points
    /// may follow it.
    ///
    /// No wildcard stands for such a word: so what has an opposite is never merged with it, not even by a template that
    /// was widened before either of the two came.
    static func hasOpposite(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        var end = range.upperBound
        while end > range.lowerBound, text[end - 1] == UInt8(ascii: ".") { end -= 1 }
        guard lengths.contains(end - range.lowerBound) else { return false }
        var hash = emptyHash
        for index in range.lowerBound..<end {
            let letter = text[index] | 0x20
            guard letter &- 97 < 26 else { return false }
            hash = ByteHash.mixed(hash, UInt64(letter))
        }
        return hashes.contains(hash)
    }

    private static let emptyHash: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static let words = Set(list.split { $0 == " " || $0 == "\n" })
    private static let lengths = 2...(words.map(\.utf8.count).max() ?? 2)
    private static let hashes = Set(words.map { $0.utf8.reduce(emptyHash) { ByteHash.mixed($0, UInt64($1)) } })

    private static func lowercased(_ word: ArraySlice<UInt8>) -> String {
        let isPoint = { (byte: UInt8) in byte == UInt8(ascii: ".") }
        return String(decoding: word.prefix(word.count - word.reversed().prefix(while: isPoint).count), as: UTF8.self)
            .lowercased()
    }

    /// `"left right"` in both orders.
    static let pairs: Set<String> = Set(
        list.split(separator: "\n").flatMap { line -> [String] in
            let words = line.split(separator: " ")
            return words.flatMap { left in words.filter { $0 != left }.map { "\(left) \($0)" } }
        })

    /// In each line, words that contradict one another.
    private static let list = """
        start stop end finish
        starts stops ends finishes
        started stopped ended finished completed
        starting stopping ending finishing
        startup shutdown
        begin end
        began ended
        up down
        on off
        in out
        yes no
        success failure fail failed error
        succeeded failed
        successful failed
        successfully unsuccessfully
        pass fail
        passed failed
        ok failed error
        accept reject refuse deny
        accepted rejected refused denied failed
        allow deny block
        allowed denied blocked
        granted denied
        permit deny
        permitted denied
        open close
        opens closes
        opened closed
        opening closing
        connect disconnect
        enable disable
        enabled disabled
        enabling disabling
        connected disconnected
        connecting disconnecting
        valid invalid
        known unknown
        reachable unreachable
        complete incomplete
        healthy unhealthy
        authorized unauthorized
        supported unsupported
        loaded unloaded
        loading unloading
        registered unregistered deregistered
        activated deactivated
        allocated freed
        alive dead
        present absent
        found missing
        hit miss
        idle busy
        full empty
        good bad
        pressed released
        plugged unplugged
        subscribed unsubscribed
        succeeds fails
        succeed fail
        locked unlocked
        locking unlocking
        acquire release
        acquired released
        acquiring releasing
        lock unlock
        added removed
        add remove
        adding removing
        attach detach
        attached detached
        created deleted destroyed
        create delete destroy
        creating deleting destroying
        login logout
        logon logoff
        available unavailable
        online offline
        active inactive
        resumed paused suspended
        resume pause suspend
        running stopped
        increased decreased
        increase decrease
        increasing decreasing
        joined left
        entering leaving exiting
        entered left exited
        enter leave exit
        installed uninstalled removed
        install uninstall remove
        sent received
        send receive
        sending receiving
        read write
        reading writing
        input output
        incoming outgoing
        inbound outbound
        first last
        local remote
        raised cleared
        set unset cleared
        high low
        before after
        minimum maximum
        min max
        push pull
        upload download
        get set
        getting setting
        commit rollback
        committed aborted
        leader follower
        primary secondary
        freeze thaw
        expand collapse
        visible hidden
        show hide
        showing hiding
        gained lost
        grant revoke
        granted revoked
        mount unmount umount
        insert delete
        inserted deleted
        old new
        left right
        source destination
        src dst
        """
}
