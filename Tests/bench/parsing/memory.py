#!/usr/bin/env python3
"""The peak memory of `tocsin parse` on a stream of lines that never repeats: 10 million of 1,000 templates.

    Tests/bench/parsing/memory.py [LINES] [--program .build/release/tocsin] [-- ARGUMENTS OF tocsin parse]

Lines are made while they are read, so that neither a file nor its cache counts. Prints the lines, their bytes, the
templates found in the first 50,000, the time, and the peak resident memory after each tenth: flat memory shows as equal
numbers.
"""
import argparse
import json
import pathlib
import random
import subprocess
import sys
import time

SYLLABLES = ["ba", "co", "di", "fu", "ge", "ho", "ji", "ka", "lo", "mu", "ne", "pi", "qua", "ro", "se", "tu", "vo", "wi", "xe", "zy"]
LEVELS = ["INFO", "WARN", "ERROR", "DEBUG"]


def templates():
    """1,000 sentences that share no word but the fillers; each has three places for values."""
    draw = random.Random(2)
    words = set()
    while len(words) < 6000:
        words.add("".join(draw.choices(SYLLABLES, k=4)))
    words = sorted(words)
    draw.shuffle(words)
    return [" ".join(words[at:at + 3]) + " for client {} in {} ms " + " ".join(words[at + 3:at + 6]) + " number {}"
            for at in range(0, 6000, 6)]


def chunks(count, size=20_000):
    draw = random.Random(1)
    sentences = templates()
    made = 0
    while made < count:
        lines = []
        for number in range(made, min(made + size, count)):
            sentence = sentences[draw.randrange(len(sentences))]
            values = (f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}", number % 9973, number)
            second = number // 1000
            lines.append(
                f"2026-03-{second // 86400 % 28 + 1:02}T{second // 3600 % 24:02}:{second // 60 % 60:02}:"
                f"{second % 60:02}.{number % 1000:03}Z {LEVELS[number % 4]} depot-{number % 50}: {sentence.format(*values)}")
        made += len(lines)
        yield len(lines), ("\n".join(lines) + "\n").encode()


def peak_kib(process):
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0


def main():
    own, extra = sys.argv[1:], []
    if "--" in own:
        own, extra = own[:own.index("--")], own[own.index("--") + 1:]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines", nargs="?", type=int, default=10_000_000)
    parser.add_argument("--program", default=".build/release/tocsin")
    options = parser.parse_args(own)

    first = b"".join(data for _, data in chunks(50_000))
    rows = subprocess.run([options.program, "parse", "-"], input=first, stdout=subprocess.PIPE, check=True).stdout
    # The last lines: by then, templates are as wide as they become.
    found = {json.loads(row)["template_id"] for row in rows.splitlines()[-20_000:]}

    process = subprocess.Popen([options.program, "parse", "-", *extra], stdin=subprocess.PIPE,
                               stdout=subprocess.DEVNULL)
    began, sent, size, peak, peaks = time.monotonic(), 0, 0, 0, []
    for count, data in chunks(options.lines):
        process.stdin.write(data)
        # Not what wait4 says: that has the memory of this script in it, from before the program took its place.
        sent, size, peak = sent + count, size + len(data), peak_kib(process) // 1024
        if sent * 10 // options.lines > len(peaks):
            peaks.append(peak)
    process.stdin.close()
    status = process.wait()
    print(f"{sent:,} lines, {size:,} bytes, {len(found)} templates, {time.monotonic() - began:.0f} s, exit {status}")
    print(f"peak resident memory: {peak} MiB; after each tenth: {' '.join(map(str, peaks))}")
    sys.exit(status)


if __name__ == "__main__":
    main()
