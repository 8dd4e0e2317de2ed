"""The command-line tool over an edge and its services, beside the same engines in its own process."""
import random
import re

import pytest

from command_line import ENGINES, rows, tocsin
from places import ROOT

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


@pytest.mark.parametrize("multiline", ["off", "auto"])
def test_local_and_remote_verdicts_are_the_same(log, edge_port, multiline):
    here = rows("analyze", log, "--multiline", multiline, *ENGINES)
    there = rows("analyze", log, "--multiline", multiline, "--edge", f"http://127.0.0.1:{edge_port}")
    assert len(here) == len(there)
    if multiline == "off":
        assert len(here) == COUNT
    for one, other in zip(here, there):
        for member in ["line", "raw", "log_type", "parsed_content", "timestamp", "level", "abstained"]:
            assert one[member] == other[member]
        assert one["prediction"]["class_name"] == other["prediction"]["class_name"]
        assert one["prediction"]["probabilities"] == pytest.approx(other["prediction"]["probabilities"], abs=1e-3)


def test_an_edge_that_is_not_there_is_named(log):
    run = tocsin("analyze", log, "--edge", "http://127.0.0.1:1")
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr == (
        "Error: the edge at http://127.0.0.1:1 cannot be reached: Connection refused; "
        "check the address, and that it runs\n")
