"""The lines that are measured with: LogHub's own, and others that no server has seen."""
import json
import os
import random
from pathlib import Path


def loghub(count, seed=1):
    """Lines of LogHub's 16 systems, as many of each, shuffled."""
    folder = Path(os.environ.get("TOCSIN_DATASETS", "")) / "loghub_2k"
    files = sorted(folder.glob("*_2k.log"))
    if len(files) != 16:
        raise SystemExit(f"no LogHub in '{folder}': set TOCSIN_DATASETS (models/fetch-loghub gets it)")
    chance = random.Random(seed)
    lines = []
    for file in files:
        # splitlines() would also cut at what is no line end to us.
        all_lines = [line.rstrip("\r") for line in file.read_text(errors="replace").split("\n") if line.strip()]
        lines += chance.sample(all_lines, count // len(files))
    chance.shuffle(lines)
    return lines


def endless(seed):
    """Lines of LogHub's shapes that differ in their words, so that no two have the same template or model text."""
    chance = random.Random(seed)
    known = loghub(3200, seed)
    words = sorted({word for line in known for word in line.split() if word.isalpha() and word.islower() and len(word) > 3})
    while True:
        yield chance.choice(known) + " " + " ".join(chance.sample(words, 3))


def distinct(count, seed):
    """So many of these."""
    made = set()
    for line in endless(seed):
        made.add(line)
        if len(made) == count:
            break
    chance = random.Random(seed)
    return sorted(made, key=lambda _: chance.random())


def bodies(lines, size):
    """Requests of `size` lines each."""
    return [json.dumps({"logs": lines[start : start + size]}) for start in range(0, len(lines) - size + 1, size)]
