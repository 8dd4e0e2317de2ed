/// The words that the keyword features count, looked up by hash while the message is scanned.
///
/// Words were chosen by the meaning of the classes (`models/labels/RUBRIC.md`), not from any data set's lines.
struct KeywordTable {
    /// What a word is a word of: one bit for each keyword feature, and a duration's unit.
    struct Meaning: OptionSet {
        var rawValue: UInt32

        static let failure = Self(rawValue: 1 << 0)
        static let security = Self(rawValue: 1 << 1)
        static let performance = Self(rawValue: 1 << 2)
        static let network = Self(rawValue: 1 << 3)
        static let config = Self(rawValue: 1 << 4)
        static let hardware = Self(rawValue: 1 << 5)
        static let reassuring = Self(rawValue: 1 << 6)
        /// Tells of trouble in most lines, where the other words of a subject are in healthy lines as well.
        static let adverse = Self(rawValue: 1 << 7)

        static let microseconds = Self(rawValue: 1 << 8)
        static let milliseconds = Self(rawValue: 1 << 9)
        static let seconds = Self(rawValue: 1 << 10)
        static let minutes = Self(rawValue: 1 << 11)
        static let hours = Self(rawValue: 1 << 12)
        static let unit: Self = [.microseconds, .milliseconds, .seconds, .minutes, .hours]

        /// Milliseconds in one of this unit; 0 where it is none.
        var millisecondsPerUnit: Double {
            if contains(.milliseconds) { return 1 }
            if contains(.seconds) { return 1_000 }
            if contains(.microseconds) { return 0.001 }
            if contains(.minutes) { return 60_000 }
            return contains(.hours) ? 3_600_000 : 0
        }
    }

    static let standard = KeywordTable(words: words)

    /// Open addressing: a slot's hash is 0 where it is free.
    private let slots: [(hash: UInt32, meaning: Meaning)]
    private let mask: Int
    /// The bit at the low bits of a word's hash: most words that are looked up have none, and 4 KiB stay in the cache.
    private let presence: [UInt64]
    private static let presenceBits: UInt32 = 1 << 15

    /// The word's meanings, by the hash of its lower-case letters.
    @inline(__always)
    func meaning(ofHash hash: UInt32) -> Meaning {
        let bit = hash % Self.presenceBits
        guard presence[Int(bit / 64)] >> UInt64(bit % 64) & 1 != 0 else { return [] }
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot].hash != 0 {
            if slots[slot].hash == hash { return slots[slot].meaning }
            slot = (slot + 1) & mask
        }
        return []
    }

    /// 32-bit FNV-1a, a letter at a time: starts at `emptyHash`.
    static let emptyHash: UInt32 = 2_166_136_261
    @inline(__always)
    static func hash(_ hash: UInt32, adding lowercaseLetter: UInt8) -> UInt32 {
        (hash ^ UInt32(lowercaseLetter)) &* 16_777_619
    }

    /// A table of white-space separated words. Two thirds of its slots stay free at the least.
    init(words: [(Meaning, String)]) {
        let wordCount = words.reduce(0) { $0 + $1.1.split(whereSeparator: \.isWhitespace).count }
        let capacity = max(wordCount * 3, 16).roundedUpToPowerOfTwo
        var slots = [(hash: UInt32, meaning: Meaning)](repeating: (0, []), count: capacity)
        var presence = [UInt64](repeating: 0, count: Int(Self.presenceBits / 64))
        for (meaning, list) in words {
            for word in list.split(whereSeparator: \.isWhitespace) {
                let hash = word.utf8.reduce(Self.emptyHash) { Self.hash($0, adding: $1) }
                var slot = Int(hash) & (capacity - 1)
                while slots[slot].hash != 0, slots[slot].hash != hash { slot = (slot + 1) & (capacity - 1) }
                slots[slot].hash = hash
                slots[slot].meaning.formUnion(meaning)
                let bit = hash % Self.presenceBits
                presence[Int(bit / 64)] |= 1 << UInt64(bit % 64)
            }
        }
        self.slots = slots
        self.presence = presence
        mask = capacity - 1
    }
}

extension Int {
    fileprivate var roundedUpToPowerOfTwo: Int { 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount) }
}

extension KeywordTable {
    /// Lower-case ASCII words, by meaning; a word may have several.
    static let words: [(Meaning, String)] = [
        (
            .failure,
            """
            abend abnormal abnormally abort aborted aborting aborts assert assertion bug cannot core corrupt corrupted
            corruption couldnt crash crashed crashes crashing crit critical dead deadlock died dies dump dumped emerg
            emergency err error errors exception exceptions exited exiting fail failed failing fails failure failures
            fatal fault faulted giving illegal inconsistent inconsistency incomplete internal interrupted kill killed
            killing leak lost oom oops orphaned panic panicked panicking rollback segfault segv sigabrt sigbus sigkill
            sigsegv sigterm stacktrace stopped stuck terminated terminating traceback trap unable uncaught undo
            unexpected unexpectedly unhandled unrecoverable unsuccessful violated
            """
        ),
        (
            .security,
            """
            access allowed attack attacker attempt attempts audit auth authenticate authenticated authentication
            authorization authorized authorised avc ban banned blacklisted blocked breach breakin brute certificate
            cert challenge credential credentials csrf denial denied denies deny disallowed eacces eperm expired
            exploit filtered firewall forbidden forged illegal impersonation infected injection intrusion invalid
            jail jailed kerberos locked login logon malicious malware mismatch pam password permission permissions
            permitted phishing policy possible preauth privilege privileges prohibited quarantine ransomware refused
            reject rejected replay revoked sandbox scan scanner selinux signature spam spoof spoofed spoofing sudo
            suspicious tampered threat token traversal trojan unauthenticated unauthorised unauthorized unknown
            unsigned untrusted unverified user username verification verify virus violation vulnerability xss
            """
        ),
        (
            .performance,
            """
            backlog backpressure behind blocked bottleneck busy capacity congested congestion contention deadline
            deferred degraded delay delayed delays drop dropped dropping drops elapsed exceed exceeded exceeding
            exceeds exhausted expired full gc hang hanging high hung hungtask insufficient jitter lag lagging lags
            late latency limit limited limits load long longer lowmem memory mutex overflow overflowed overload
            overloaded overrun overruns paging pause paused pressure queue queued quota rate running saturated
            saturation skipped slow slower slowly slowness spike stall stalled stalls starvation starved swap
            swapping thrashing threshold throttle throttled throttling timeout timeouts took underrun unresponsive
            utilization wait waited waiting watermark
            """
        ),
        (
            .network,
            """
            arp backend bgp broken carrier closed conn connect connecting connection connections connectivity
            deauthenticated dhcp disassociated disconnect disconnected disconnecting disconnection dns down
            econnaborted econnrefused econnreset ehostunreach endpoint enetunreach eof epipe etimedout flap flapped
            flapping gateway getaddrinfo handshake heartbeat heartbeats host hostname icmp interface keepalive link
            lookup lost network nic nxdomain offline packet packets peer peers pipe port proxy quorum reach reachable
            reconnect reconnecting refused remote reset resolve resolved retransmission retransmit retransmits retry
            route routing servfail socket sockets tcp timed timedout timeout timeouts tls tunnel udp unreachable
            unresolvable unresolved upstream vpn
            """
        ),
        (
            .config,
            """
            argument arguments bad class classpath conf config configuration configured deprecated directive directory
            disabled driver duplicate enoent env environment expected file found ignored ignoring import incompatible
            incorrect invalid key malformed misconfigured mismatch missing module modules name nonexistent nosuch null
            obsolete option options overridden override package parameter parse parsing path plugin property schema
            setting settings syntax type undeclared undefined unknown unrecognised unrecognized unresolved unset
            unspecified unsupported value values variable version wrong yaml
            """
        ),
        (
            .hardware,
            """
            acpi adapter ata badblock battery bios block blocks bus cable cache card celsius chassis chip correctable
            corrected cpu critical degraded device devices dimm disk disks drive drives ecc eio enclosure enospc fan
            fans firmware fru gpu hardware hba hotplug io irq link mce media nand nmi node nvme offline overheat
            overheated overheating overtemp overvoltage parity pci pcie power psu raid reallocated scsi sda sdb sdc
            sdd sector sectors sensor sensors smart space spindle ssd storage temp temperature temperatures thermal
            torus uncorrectable undervoltage unreadable usb voltage watchdog writeback xid
            """
        ),
        (
            .reassuring,
            """
            accepted ack acquired active added allocated alive applied available bound cleaned complete completed
            completes created done enabled established finish finished granted healthy initialised initialized
            initialization installed joined listening loaded mounted normal ok online opened operational passed
            processed ready received recovered registered released restored resumed running saved sent started
            starting success successful successfully succeeded synced synchronized up updated validated verified
            """
        ),
        (
            .adverse,
            """
            abnormal abnormally abort aborted aborting aborts backlog broken cannot congestion corrupt corrupted
            corruption couldnt crash crashed crashes crashing critical dead deadlock degraded denial denied denies deny
            died dies disconnected dropped duplicate error errors exceeded exceeds exception exceptions exhausted
            expired fail failed failing fails failure failures fatal fault faulted forbidden hung illegal incompatible
            incorrect inconsistent insufficient invalid killed lost malformed mismatch missing offline overflow
            overheat overheating overload overloaded panic refused rejected reset segfault slow stalled stuck suspicious
            terminated timedout timeout timeouts unable unauthorized uncorrectable undefined unexpected unexpectedly
            unhandled unknown unreachable unrecognized unrecoverable unresolved unresponsive unsupported untrusted
            violation wrong
            """
        ),
        (.microseconds, "us usec usecs microsecond microseconds"),
        (.milliseconds, "ms msec msecs millis millisecond milliseconds"),
        (.seconds, "s sec secs second seconds"),
        (.minutes, "min mins minute minutes"),
        (.hours, "h hr hrs hour hours"),
    ]
}
