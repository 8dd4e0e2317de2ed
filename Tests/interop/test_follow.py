"""`tocsin analyze --follow`: a file that grows, is rotated and is cut, until Ctrl-C."""
import json
import signal
import subprocess
import time
from contextlib import contextmanager

import pytest

from command_line import ENGINES, ENVIRONMENT, tocsin
from places import PROGRAMS


def line(number):
    return f"Apr 15 12:34:56 gate sshd[{number}]: Failed password for root from 192.0.2.{number} port 52114 ssh2\n"


class Follower:
    def __init__(self, process, output):
        self.process = process
        self.output = output

    def rows(self):
        return [json.loads(row) for row in self.output.read_text().splitlines(keepends=True) if row.endswith("\n")]

    def awaits(self, *numbers):
        """Until the lines of those numbers are what was shown, and nothing else."""
        expected = [line(number).rstrip("\n") for number in numbers]
        deadline = time.monotonic() + 60
        while (shown := [row["raw"] for row in self.rows()]) != expected:
            assert self.process.poll() is None, self.process.stderr.read()
            assert time.monotonic() < deadline, shown
            time.sleep(0.05)


@contextmanager
def follow(path, *options, output="ndjson", engines=ENGINES):
    shown = path.parent / "shown"
    with open(shown, "wb") as file:
        process = subprocess.Popen(
            [PROGRAMS / "tocsin", "analyze", "--follow", path, *engines, "--output", output, *options],
            stdout=file, stderr=subprocess.PIPE, encoding="utf-8", env=ENVIRONMENT)
    try:
        yield Follower(process, shown)
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "app.log"
    path.write_text("".join(map(line, range(1, 13))))
    return path


def append(path, text):
    with open(path, "a") as file:
        file.write(text)


def test_a_file_is_followed_as_it_grows_is_rotated_and_cut(log):
    with follow(log, "--multiline", "off") as follower:
        shown = list(range(3, 13))  # the last ten lines
        follower.awaits(*shown)
        assert [row["line"] for row in follower.rows()] == shown
        append(log, line(13) + line(14)[:30])
        follower.awaits(*shown, 13)
        append(log, line(14)[30:])
        follower.awaits(*shown, 13, 14)
        log.rename(log.with_suffix(".log.1"))
        log.write_text(line(15))
        follower.awaits(*shown, 13, 14, 15)
        append(log, line(16))
        follower.awaits(*shown, 13, 14, 15, 16)
        log.write_text(line(17))  # cut where it lies, as logrotate's copytruncate does
        follower.awaits(*shown, 13, 14, 15, 16, 17)
        follower.process.send_signal(signal.SIGINT)
        assert follower.process.wait(timeout=30) == 0
        assert follower.process.stderr.read() == ""


def test_joined_lines_have_the_numbers_that_they_have_in_the_file(log):
    with follow(log) as follower:
        follower.awaits(*range(3, 13))
        assert [row["line"] for row in follower.rows()] == list(range(3, 13))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["interrupted", "terminated"])
def test_the_end_sums_up_and_keeps_the_promise_of_fail_on(log, how):
    with follow(log, "--fail-on", "security_anomaly", output="json") as follower:
        deadline = time.monotonic() + 60
        while follower.output.read_text().count('"raw"') < 10:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        follower.process.send_signal(how)
        assert follower.process.wait(timeout=30) == 3
    said = json.loads(follower.output.read_text())
    assert said["total_logs"] == len(said["logs"]) == 10


def test_a_file_that_is_not_there_yet_is_waited_for(tmp_path):
    later = tmp_path / "later.log"
    with follow(later, "--multiline", "off") as follower:
        time.sleep(1)
        assert follower.process.poll() is None
        later.write_text(line(1))
        follower.awaits(1)
        append(later, line(2))
        follower.awaits(1, 2)
        follower.process.send_signal(signal.SIGINT)
        assert follower.process.wait(timeout=30) == 0
        assert follower.process.stderr.read() == f"'{later}' is not there yet: waiting for it\n"


def test_a_quiet_file_keeps_its_edge(log, start_edge):
    port = start_edge("--idle-timeout", "12s").http_port
    with follow(log, "--multiline", "off", "--edge", f"http://127.0.0.1:{port}", engines=[]) as follower:
        shown = list(range(3, 13))
        start = time.monotonic()
        follower.awaits(*shown)
        assert time.monotonic() - start < 8  # none of them waits for what comes after it
        time.sleep(15)
        append(log, line(13))
        follower.awaits(*shown, 13)
        assert [row["line"] for row in follower.rows()] == [*shown, 13]
        follower.process.send_signal(signal.SIGINT)
        assert follower.process.wait(timeout=30) == 0


def test_what_cannot_be_followed_is_told(tmp_path, log):
    (tmp_path / "other.log").write_text(line(1))
    for arguments, named in [
        ([tmp_path], "is no file"),
        (["-"], "--follow reads one file"),
        ([log, log], "--follow reads one file"),
        ([tmp_path / "*.l?g"], "--follow reads one file, and here are 2"),
    ]:
        run = tocsin("analyze", "--follow", *arguments, *ENGINES)
        assert run.returncode != 0 and run.stdout == ""
        assert run.stderr.startswith("Error: ") and named in run.stderr.splitlines()[0]
