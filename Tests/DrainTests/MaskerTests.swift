import Drain
import Testing

@Suite struct MaskerTests {
    @Test(
        "variable parts get the most specific mask",
        arguments: [
            ("Failed password for root from 10.0.0.7 port 4242", "Failed password for root from <IP> port <NUM>"),
            ("connect to 192.0.2.1:8080, retry", "connect to <IP>, retry"),
            ("client /192.0.2.1 left, /192.0.2.7:40112 came", "client <IP> left, <IP>:<NUM> came"),
            ("route /192.0.2.0/24, file /192.0.2.0/x", "route <IP>, file <PATH>"),
            ("peer [2001:db8::17]:443 is gone", "peer [<IP>]:<NUM> is gone"),
            ("link de:ad:be:ef:00:01 up", "link <MAC> up"),
            ("request 7b0c4a1e-22f1-4b6a-9c1d-0123456789ab done", "request <UUID> done"),
            ("req-7b0c4a1e-22f1-4b6a-9c1d-0123456789ab done", "req-<UUID> done"),
            ("at 0x7fff12ab: fault", "at <HEX>: fault"),
            ("commit 9fceb02d0ae5 pushed", "commit <HEX> pushed"),
            ("took 35ms, then 1.5s", "took <DURATION>, then <DURATION>"),
            ("freed 12KB of 33.7 MB", "freed <SIZE> of <SIZE>"),
            ("read /var/lib/app/data.db: no space", "read <PATH>: no space"),
            ("open C:\\Temp\\a.txt failed", "open <PATH> failed"),
            ("GET https://shop.example/cart?id=3 502", "GET <URL> <NUM>"),
            ("mail to jo.doe@example.com bounced", "mail to <EMAIL> bounced"),
            ("resolve db7.example.org:5432 failed", "resolve <HOST> failed"),
            ("since 2024-04-15 12:34:56.789 idle", "since <TIME> idle"),
            ("since 2024-04-15T12:34:56Z idle", "since <TIME> idle"),
            ("booted Mon Apr 15 12:34:56 2024 again", "booted <TIME> again"),
            ("may 5 of 9 fail", "may <NUM> of <NUM> fail"),
            ("sent 4242 bytes (4.14 KB) of 9 bytes", "sent <SIZE> of <SIZE>"),
            ("agent v2 is 6.1.7601.235", "agent v2 is <VERSION>"),
            ("uid=0 ready=true adj=-1", "uid=<NUM> ready=<BOOL> adj=<NUM>"),
            ("task attempt_1445_0020_m_01 on node-17", "task <ID> on node-<NUM>"),
            ("blk_-160899968 and blk_388650490", "<ID> and <ID>"),
            ("load 97% of 1,024", "load <NUM>% of <NUM>,<NUM>"),
            ("no variable part here", "no variable part here"),
            ("", ""),
        ])
    func masks(text: String, masked: String) { #expect(Masker.mask(text) == masked) }

    @Test("a text that reads like a mask is variable itself")
    func maskTexts() { #expect(Masker.mask("got <*> and <NUM> but <b>") == "got <*> and <*> but <b>") }
}
