"""See `run`: the edge beside the peer, on the same lines, in one run."""
import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lines import bodies, distinct, loghub
from load import few_large, many_small
from servers import PROGRAMS, Peer, Tocsin

PEER_PORT = 5800
POOL = 2000
COLD = 2400
START_MS = 400  # must be reached by the command-line tool, whatever the peer does


def file_of(folder, name, lines, size=1):
    path = folder / name
    path.write_text("".join(body + "\n" for body in bodies(lines, size)))
    return path


class Bench:
    """The same requests to every server."""

    def __init__(self, folder, seconds):
        self.seconds = seconds
        pool = loghub(POOL)
        self.pool = bodies(pool, 100)
        self.single = file_of(folder, "single", pool)
        self.cold_single = file_of(folder, "cold", distinct(4000, seed=2))
        self.cold = bodies(distinct(COLD, seed=3), 100)
        self.next_cold = 0

    def latency(self, server):
        return many_small(server.port, self.single, 1, self.seconds)

    def cold_latency(self, server):
        return many_small(server.port, self.cold_single, 1, self.seconds)

    def rate(self, server):
        return many_small(server.port, self.single, 16, self.seconds)

    def lines(self, server, rounds):
        """Lines a second at 16 requests of 100 lines at a time."""
        return 100 * few_large(server.port, self.pool * rounds, 16).per_second

    def distinct_lines(self, server, requests):
        """Lines a second, none of whose model texts was seen before."""
        return 100 * few_large(server.port, self.cold[:requests], 4).per_second

    def warm_up(self, server, passes=1):
        few_large(server.port, self.pool * passes, 4)


def shares(before, after, count):
    """CPU microseconds of each process for one of `count`."""
    return {name: (after[name] - before[name]) / count * 1e6 for name in before}


def measured(server, count, work):
    """What `work` gives, and what it took each of our processes for one of `count(result)`."""
    before = server.cpu()
    result = work()
    return result, shares(before, server.cpu(), count(result))


def ours(bench, folder):
    figures, costs = {}, {}
    server = Tocsin(folder)
    try:
        figures["cold_ms"] = bench.cold_latency(server).p50_ms
        figures["distinct"], costs["line with a new text"] = measured(
            server, lambda _: COLD, lambda: bench.distinct_lines(server, COLD // 100))
        bench.warm_up(server)
        figures["warm_ms"] = bench.latency(server).p50_ms
        load, costs["request of 1 line"] = measured(server, lambda load: load.count, lambda: bench.rate(server))
        figures["rate"] = load.per_second
        rounds = max(2, int(10 * bench.seconds))
        figures["lines"], costs["line, 100 in a request"] = measured(
            server, lambda _: POOL * rounds, lambda: bench.lines(server, rounds))
    finally:
        server.stop()
    server = Tocsin(folder, precision="int8")
    try:
        bench.warm_up(server)
        figures["distinct_int8"] = bench.distinct_lines(server, COLD // 100)
    finally:
        server.stop()
    return figures, costs


def start_ms(folder, runs=11):
    """From the start of `tocsin analyze` to its end, on 100 lines with 20 distinct texts; the median."""
    log = folder / "start.log"
    log.write_text("".join(line + "\n" for line in distinct(20, seed=5) * 5))
    times = []
    for _ in range(runs):
        start = time.monotonic()
        subprocess.run([PROGRAMS / "tocsin", "analyze", log, "--output", "ndjson"], check=True, capture_output=True)
        times.append(1e3 * (time.monotonic() - start))
    return statistics.median(times)


def peers(bench, folder):
    """Without cache, each figure of the better way to share out the two cores; and with a cache."""
    figures, cached = {}, {}
    for workers, threads in [(1, 2), (2, 1)]:
        peer = Peer(folder, PEER_PORT, workers, threads)
        try:
            bench.rate(peer)  # its libraries warm up
            found = {
                "warm_ms": bench.latency(peer).p50_ms, "cold_ms": bench.cold_latency(peer).p50_ms,
                "rate": bench.rate(peer).per_second, "lines": bench.lines(peer, 1),
                "distinct": bench.distinct_lines(peer, 8),
            }
        finally:
            peer.stop()
        print(f"{peer.name}: " + ", ".join(f"{name} {value:.1f}" for name, value in found.items()), file=sys.stderr)
        for name, value in found.items():
            better = min if name.endswith("_ms") else max
            figures[name] = better(value, figures.get(name, value))
    # A cache is a process's own: with one process every message is found in it.
    peer = Peer(folder, PEER_PORT, 1, 2, cached=100_000)
    try:
        cached["cold_ms"] = bench.cold_latency(peer).p50_ms
        cached["distinct"] = bench.distinct_lines(peer, 8)
        bench.warm_up(peer)
        cached["warm_ms"] = bench.latency(peer).p50_ms
        cached["rate"] = bench.rate(peer).per_second
        cached["lines"] = bench.lines(peer, 2)
    finally:
        peer.stop()
    return figures, cached


# Name, what it is, whether more is better, and what must be reached beside the peer without a cache.
FIGURES = [
    ("warm_ms", "1 line a request, 1 at a time, warm: p50, ms", False, 1 / 4),
    ("cold_ms", "1 line a request, 1 at a time, cold: p50, ms", False, 3 / 4),
    ("rate", "1 line a request, 16 at a time, warm: requests/s", True, 20),
    ("lines", "100 lines a request, 16 at a time, LogHub mix, warm: lines/s", True, 100),
    ("distinct", "distinct model texts, cold, fp32: lines/s", True, 2),
    ("distinct_int8", "distinct model texts, cold, int8: lines/s (aim)", True, None),
]


def report(found, costs, peer, cached):
    """Prints what was found and returns the names of the musts that were missed."""
    missed = []
    print(f"\n{'':62}{'tocsin':>10}{'peer':>10}{'ratio':>8}{'must':>7}{'cached':>10}{'ratio':>8}")
    for name, words, more_is_better, must in FIGURES:
        beside = name.removesuffix("_int8")
        ratio = found[name] / peer[beside]
        reached = must is None or (ratio >= must if more_is_better else ratio <= must)
        if not reached:
            missed.append(words)
        bound = "" if must is None else f"{'>=' if more_is_better else '<='}{must:g}"
        print(
            f"{words:62}{found[name]:10.1f}{peer[beside]:10.1f}{ratio:8.2f}{bound:>7}{cached[beside]:10.1f}"
            f"{found[name] / cached[beside]:8.2f}{'' if reached else '   MISSED'}")
    print("\nWhere the time goes: CPU microseconds of each process for one")
    for unit, cost in costs.items():
        print(f"  {unit:26}" + "".join(f"{name:>12} {value:7.1f}" for name, value in cost.items()))
    return missed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=4, help="the length of each figure that has one")
    parser.add_argument("--without-peer", action="store_true", help="only ours, and no judgement")
    arguments = parser.parse_args()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bench = Bench(folder, arguments.seconds)
        start_up = start_ms(folder)
        print(f"tocsin analyze, 100 lines with 20 texts, start to end: {start_up:.0f} ms, must {START_MS}")
        found, costs = ours(bench, folder)
        if arguments.without_peer:
            for name, words, _, _ in FIGURES:
                print(f"{words:62}{found[name]:10.1f}")
            for unit, cost in costs.items():
                print(f"{unit:28}" + "".join(f"{name:>12} {value:7.1f}" for name, value in cost.items()))
            return 0
        missed = report(found, costs, *peers(bench, folder))
    if start_up > START_MS:
        missed.append("the start of tocsin analyze")
    print(f"\n{time.monotonic() - start:.0f} s")
    for words in missed:
        print(f"missed: {words}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
