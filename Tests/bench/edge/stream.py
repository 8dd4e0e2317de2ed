"""See `stream`: one request whose body is a log of many gigabytes."""
import argparse
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path

from lines import loghub
from servers import Tocsin

FIRST_VERDICT_MS = 50
GROWTH = 1.3  # of the last tenth of the time over the second, in memory

HEAD = (
    b"POST /v1/logs:analyze HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n"
    b"Accept: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
)


def send(connection, block, size):
    """The block again and again until `size` bytes were sent, each time with other numbers at the lines' ends: of more
    digits than models read, so that lines differ and texts to embed do not."""
    sent = number = 0
    connection.sendall(HEAD)
    while sent < size:
        number += 1
        chunk = block.replace(b"\n", b" #%d\n" % (10_000_000 + number))
        connection.sendall(b"%x\r\n" % len(chunk) + chunk + b"\r\n")
        sent += len(chunk)
    connection.sendall(b"0\r\n\r\n")


def first_verdict(port, lines):
    """Milliseconds until the first row of an answer to a long log is there."""
    connection = socket.create_connection(("127.0.0.1", port))
    body = "".join(line + "\n" for line in lines).encode()
    start = time.monotonic()
    connection.sendall(HEAD + b"%x\r\n" % len(body) + body + b"\r\n")
    answer = b""
    while b'"status":"ok"' not in answer:
        answer += connection.recv(1 << 16)
    elapsed = time.monotonic() - start
    connection.close()
    return 1e3 * elapsed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gigabytes", type=float, default=10)
    size = parser.parse_args().gigabytes * 1e9
    lines = loghub(1600)
    block = "".join(line + "\n" for line in lines * 4).encode()
    with tempfile.TemporaryDirectory() as folder:
        server = Tocsin(Path(folder))
        try:
            cold = first_verdict(server.port, lines)
            time.sleep(20)  # what was cancelled has ended
            warm = sorted(first_verdict(server.port, lines) for _ in range(11))[5]
            print(f"first verdict of a log of {len(lines)} lines: {cold:.0f} ms cold, {warm:.1f} ms warm (median)")
            connection = socket.create_connection(("127.0.0.1", server.port))
            sender = threading.Thread(target=send, args=(connection, block, size), daemon=True)
            start = time.monotonic()
            sender.start()
            answer, peaks, tail, next_peak = 0, [], b"", 0
            while part := connection.recv(1 << 20):
                answer += len(part)
                tail = (tail + part)[-2000:]
                now = time.monotonic()
                if now > next_peak:
                    next_peak = now + 1
                    peaks.append(server.memory())
                if tail.endswith(b"0\r\n\r\n"):
                    break
            seconds = time.monotonic() - start
            print(f"{size / 1e9:g} GB in {seconds:.0f} s, {size / 1e6 / seconds:.1f} MB/s; {answer / 1e9:.1f} GB of answer")
            if b'"summary"' not in tail:
                sys.exit(f"error: the answer broke off: {tail[-500:]}")
            tenth = max(1, len(peaks) // 10)
            missed = [] if cold <= FIRST_VERDICT_MS else ["the first verdict"]
            for name in peaks[0]:
                most = [max(each[name] for each in peaks[at : at + tenth]) / 1e6 for at in range(0, len(peaks), tenth)]
                print(f"{name:>12}: most MB in each tenth " + " ".join(f"{value:6.0f}" for value in most[:10]))
                if len(most) >= 10 and most[9] > GROWTH * most[1]:
                    missed.append(f"the memory of {name}")
            if missed:
                sys.exit(f"error: beyond its bound: {', '.join(missed)}")
        finally:
            server.stop()


if __name__ == "__main__":
    main()
