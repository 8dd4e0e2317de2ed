internal import WordPiece

/// Lines of many systems, by which weights are rounded to 8 bits: some two thousand tokens, as logs have them and as models
/// read them. Other lines than those that anything is measured on.
enum SampleTexts {
    static func batch(_ vocabulary: Vocabulary, _ configuration: BERTConfiguration) -> TokenBatch {
        let tokenizer = WordPieceTokenizer(vocabulary: vocabulary, maxTokens: min(64, configuration.maxPositions))
        var batch = TokenBatch()
        for line in lines { batch.append(tokenizer.tokenIDs(of: Array(line.utf8))) }
        return batch
    }

    private static let lines = [
        "Mar 14 09:21:55 gate-7 sshd[4127]: Failed password for invalid user oper from 192.0.2.44 port 52214 ssh2",
        "2024-05-02T11:08:31.402Z ERROR [worker-3] storage.Volume: write of block 8841 failed: no space left",
        "kernel: [88123.552] eth1: link is down, 3 retries, carrier lost on port 0x1f",
        "INFO scheduler finished job 77 of 120 in 15 ms; queue depth=4 memory=81%",
        "warn gateway upstream took 4.2 s to answer, threshold 1.5 s, 12 requests waiting",
        "error mailer cannot connect to relay on port 25 connection refused giving up after 5 attempts",
        "198.51.100.17 - - [09/Jun/2025:18:44:02 +0200] \"GET /catalog/items?page=3 HTTP/1.1\" 404 162 \"-\" \"curl/8.5\"",
        "{\"ts\":\"2025-01-30T06:12:09Z\",\"level\":\"debug\",\"msg\":\"cache refreshed\",\"entries\":5312,\"took_ms\":48}",
        "fatal settings value of max workers is not a number in line 42, expected an integer from 1 to 64",
        "<34>Oct 3 22:14:15 edge-router %LINEPROTO-5-UPDOWN: Line protocol on interface Serial0/1, changed state to up",
        "notice backup snapshot of volume data completed, 1874 files, 92 GB, checksum verified",
        "critical sensor temperature of cpu 1 is 97 degrees, above the limit, clock throttled",
        "I0718 15:09:27.813402 20911 controller.go:214] Reconciling deployment web in namespace shop, 3 of 5 replicas ready",
        "info session opened for user deploy by root, terminal closed after 2 hours idle",
        "alert 27 denied packets from one address to 14 ports within 10 seconds, possible port scan",
        "java.lang.OutOfMemoryError: Java heap space at com.example.index.Merger.flush(Merger.java:318)",
        "disk sdb read error at sector 7744120, remapped, 18 pending sectors, drive reports failing",
        "2023-12-24 23:59:58,017 - billing.tasks - WARNING - invoice 55012 has no address, skipped until it is complete",
        "postgres[712]: LOG: checkpoint complete: wrote 421 buffers (2.6%); sync=0.014 s, total=42.190 s",
        "CRITICAL: service payments terminated unexpectedly with exit code 139, restarting in 30 seconds",
        "time=\"2024-08-11T03:20:44+02:00\" level=error msg=\"tls: certificate has expired\" host=api.example.net",
        "debug parser read 64 records from segment 9, offset 118203, nothing to do",
        "ntpd: time reset by -0.8123 s, stratum 3, reach 377, peer lost synchronisation",
        "memory correctable ecc error on dimm 4 channel b, count 11 in the last hour",
        "warning dropped 310 messages, receive buffer full, consumer group lags 88012 behind",
        "User guest added to group wheel by admin; password policy not enforced",
        "mysqld: [Warning] Aborted connection 9114 to db: 'orders' user: 'report' (Got timeout reading communication packets)",
        "level error component replication msg follower lost leader, election started term 18, votes 2 of 5",
        "usb 2-4: new high-speed USB device number 7 using xhci_hcd, product: storage adapter, serial unknown",
        "WARN [RMI TCP Connection(12)] pool.ConnectionPool - all 50 connections are busy, caller waited 3021 ms",
        "systemd[1]: nightly-report.timer: Succeeded. Next elapse: Sun 2025-03-09 02:00:00 UTC",
        "info user profile loaded theme dark language en, screen 2560 by 1440, 14 plugins enabled",
        "error cannot open file permission denied path var lib app data index, owner is root, mode 0600",
        "AUDIT: type=AVC denied { read } for pid=3301 comm=\"httpd\" name=\"shadow\" scontext=system_u tclass=file",
        "raid controller battery is low, write cache disabled, array degraded, rebuilding on spare 2",
        "DHCPACK on 10.20.30.44 to 3c:52:82:aa:01:9f (printer-2) via vlan12, lease 86400 seconds",
        "haproxy[99]: Server be_api/node3 is DOWN, reason: Layer4 timeout, check duration: 2001ms. 2 active servers left",
        "fan 3 speed 0 rpm, expected above 1200 rpm; power supply 2 input lost; node shut down to protect hardware",
        "task indexer stalled for 61 seconds, garbage collection pause 8.4 s, heap 97 % used",
        "Exception in thread \"main\" java.lang.NullPointerException: value of key 'region' is missing in application.yml",
        "activity manager started process for service com.example.sync, uid 10122, reason broadcast",
        "bgp neighbor 203.0.113.9 went from Established to Idle, hold timer expired, 812 routes withdrawn",
        "login failed for account finance, wrong password, attempt 6 of 5, account locked for 30 minutes",
        "resize of window took 214 ms, frame dropped, renderer falls behind by 9 frames",
        "cron[5120]: (backup) CMD (/usr/local/bin/rotate --keep 14 --compress >/dev/null 2>&1)",
        "assertion failed: count >= 0 in allocator, core dumped, signal 11 received at address 0x7ffc90b2",
        "unknown directive \"proxy_buffers_sizes\" in /etc/nginx/conf.d/site.conf:31, configuration test failed",
        "downloaded package libexample 2.14.1 from mirror, signature ok, installed 38 files in 4 s",
        "kafka.server: [ReplicaManager broker=2] Shrinking ISR for partition events-11 from 1,2,3 to 2, replica lag 41022",
        "certificate of peer mail.example.org is self signed, handshake aborted, alert 48 unknown ca",
        "machine check: bank 5, status b200000000070005, uncorrected, processor context corrupt",
        "heart rate sensor read 72, steps 4410, calories 183, synced to phone in 2 s",
        "request 7f3a91 completed 200 OK in 38 ms (views: 12.1 ms, database: 9.8 ms, cache hits: 14)",
        "node joined cluster at epoch 91, token range moved, streaming 1.2 GB from two neighbours",
        "SQL injection pattern in parameter id: 1 OR 1=1, request blocked by rule 942100, client 198.51.100.77",
        "warning clock skew of 5.2 s to host db-2, certificates may appear not yet valid",
        "packet loss 38 percent on tunnel wan2, rerouted to wan1, latency 410 ms",
        "deployment rolled back: image registry.example.com/shop:1.9.3 not found, pull failed 4 times",
        "compaction of table sessions finished, 18 sstables to 1, 640 MB to 411 MB, ratio 64 %",
        "Printer tray 2 is empty; job 1182 of user marta is held until paper is loaded",
    ]
}
