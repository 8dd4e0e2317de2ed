"""See `soak`: the edge at 80 % of what it can do, for long: no error, and memory that does not grow."""
import argparse
import http.client
import itertools
import json
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from lines import endless, loghub
from load import few_large
from servers import Tocsin

WORKERS = 16
LINES = 20  # of a request
# 1 line in so many is one that was never seen, so that every tier has work.
NEW_EVERY = 50
# Small caches are full after a while, so that what grows on then is a leak.
CACHES = ["--verdict-cache-bytes", str(8 << 20), "--vector-cache-bytes", str(8 << 20)]


class Sender:
    """Sends requests at a steady rate, whether or not the ones before were answered: WORKERS at a time at most."""

    def __init__(self, port, requests, rate):
        self.port, self.rate = port, rate
        self.requests = requests
        self.lock = threading.Lock()
        self.next_time = time.monotonic()
        self.done = threading.Event()
        self.latencies, self.errors = [], []
        self.threads = [threading.Thread(target=self.work) for _ in range(WORKERS)]
        for thread in self.threads:
            thread.start()

    def work(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        while not self.done.is_set():
            with self.lock:
                body, at = next(self.requests), self.next_time
                self.next_time = max(at + 1 / self.rate, time.monotonic() - 1)
            time.sleep(max(0, at - time.monotonic()))
            start = time.monotonic()
            try:
                connection.request("POST", "/api/predict", body, {"Content-Type": "application/json"})
                answer = connection.getresponse()
                text = answer.read()
                if answer.status != 200:
                    self.errors.append(f"{answer.status} {text[:200]}")
            except (OSError, http.client.HTTPException) as error:
                self.errors.append(repr(error))
                connection.close()
            self.latencies.append(time.monotonic() - start)

    def stop(self):
        self.done.set()
        for thread in self.threads:
            thread.join()


def requests():
    """Bodies without end: LogHub's lines again and again, and new ones among them all the time."""
    new, known = endless(seed=5), itertools.cycle(loghub(1600))
    lines = (next(new) if index % NEW_EVERY == 0 else next(known) for index in itertools.count())
    while True:
        yield json.dumps({"logs": list(itertools.islice(lines, LINES))})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=30)
    arguments = parser.parse_args()
    waiting = requests()
    with tempfile.TemporaryDirectory() as folder:
        server = Tocsin(Path(folder), edge_arguments=CACHES)
        try:
            few_large(server.port, list(itertools.islice(waiting, 400)), WORKERS)  # caches and connections
            capacity = few_large(server.port, list(itertools.islice(waiting, 1200)), WORKERS).per_second
            rate = 0.8 * capacity
            print(f"{capacity:.0f} requests/s of {LINES} lines at most; {rate:.0f} for {arguments.minutes:g} minutes")
            sender = Sender(server.port, waiting, rate)
            samples, start = [], time.monotonic()
            next_line = start
            while time.monotonic() < start + 60 * arguments.minutes:
                time.sleep(5)
                samples.append(server.memory())
                if time.monotonic() >= next_line:
                    next_line += 60
                    latest = sorted(sender.latencies[-2000:]) or [0]
                    megabytes = "  ".join(f"{name} {size / 1e6:.0f} MB" for name, size in samples[-1].items())
                    print(
                        f"{(time.monotonic() - start) / 60:5.1f} min  {len(sender.latencies):8} answers  {len(sender.errors)} "
                        f"errors  p50 {1e3 * latest[len(latest) // 2]:.1f} ms  p99 {1e3 * latest[len(latest) * 99 // 100]:.1f} ms  "
                        f"{megabytes}", flush=True)
            sender.stop()
        finally:
            server.stop()
    third = max(1, len(samples) // 3)
    grown = []
    for name in samples[0]:
        middle = statistics.median(sample[name] for sample in samples[third : 2 * third])
        last = statistics.median(sample[name] for sample in samples[-third:])
        print(f"{name}: {middle / 1e6:.1f} MB in the middle third, {last / 1e6:.1f} MB in the last")
        if last > 1.05 * middle + 8e6:
            grown.append(name)
    print(f"{len(sender.latencies)} answers, {len(sender.errors)} errors {sender.errors[:2]}")
    if sender.errors or grown:
        sys.exit(f"error: {len(sender.errors)} errors; memory grew in {', '.join(grown) or 'no tier'}")


if __name__ == "__main__":
    main()
