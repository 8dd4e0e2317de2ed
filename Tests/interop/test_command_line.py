"""The command-line tool over an edge and its services, beside the same engines in its own process."""
import json
import os
import random
import re
import subprocess

import pytest

from places import ENCODER, MODELS, PROGRAMS, ROOT

COUNT = 5000


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """Lines in the sample's formats with other numbers in them, and some that are no text."""
    random.seed(7)

    def varied(line):
        start = len(line) // 3  # what precedes is a time stamp, whose numbers have bounds
        return line[:start] + re.sub(
            rb"\d+", lambda m: str(random.randrange(10 ** len(m[0]))).encode(), line[start:])

    sample = (ROOT / "deploy" / "sample.log").read_bytes().splitlines()
    pool = [varied(line) for line in sample for _ in range(8)] + [b"broken \xff\xfe and NUL \0", b"", b"\r"]
    lines = random.choices(pool, k=COUNT)
    path = tmp_path_factory.mktemp("log") / "mixed.log"
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def analyze(log, *options):
    run = subprocess.run(
        [PROGRAMS / "tocsin", "analyze", log, "--output", "ndjson", *options],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=240, env={**os.environ, "TOCSIN_API_KEY": ""})
    assert run.returncode == 0, run.stderr.decode()
    return [json.loads(line) for line in run.stdout.splitlines()]


@pytest.mark.parametrize("multiline", ["off", "auto"])
def test_local_and_remote_verdicts_are_the_same(log, edge_port, multiline):
    here = analyze(log, "--multiline", multiline, "--models", MODELS, "--encoder", ENCODER)
    there = analyze(log, "--multiline", multiline, "--edge", f"http://127.0.0.1:{edge_port}")
    assert len(here) == len(there)
    if multiline == "off":
        assert len(here) == COUNT
    for one, other in zip(here, there):
        for member in ["line", "raw", "log_type", "parsed_content", "timestamp", "level", "abstained"]:
            assert one[member] == other[member]
        assert one["prediction"]["class_name"] == other["prediction"]["class_name"]
        assert one["prediction"]["probabilities"] == pytest.approx(other["prediction"]["probabilities"], abs=1e-3)


def test_an_edge_that_is_not_there_is_named(log):
    run = subprocess.run(
        [PROGRAMS / "tocsin", "analyze", log, "--edge", "http://127.0.0.1:1"], capture_output=True, timeout=60)
    assert run.returncode == 1
    assert run.stdout == b""
    assert run.stderr.decode() == (
        "Error: the edge at http://127.0.0.1:1 cannot be reached: Connection refused; "
        "check the address, and that it runs\n")
