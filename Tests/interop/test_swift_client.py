"""Our client, as the edge uses it, against a gRPC server of Python's."""
import json
import subprocess

import pytest

from channels import MEBIBYTE
from places import CERTIFICATES, PROGRAMS, ROGUE
from python_tiers import PythonTiers


def call(tier, port, *arguments, certificates=CERTIFICATES):
    """The outcome of one call by our client: see client/InteropClient.swift."""
    program = PROGRAMS / "interop-client"
    assert program.exists(), f"{program} is not there: run deploy/build --tests first"
    command = [program, tier, "--replicas", f"127.0.0.1:{port}", "--certificates", certificates, *arguments]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def python_tiers():
    with PythonTiers("parser") as tiers:
        yield tiers


def test_unary_call_carries_any_bytes_and_says_who_calls(python_tiers):
    outcome = call("parser", python_tiers.port, "--items", 300, "--item-bytes", 300)
    assert outcome.get("error") is None
    assert outcome["items"] == 300
    assert outcome["numbers"][:2] == [0.5, -1]
    (seen,) = python_tiers.parser.calls
    lines = [bytes((index + offset) % 256 for offset in range(300)) for index in range(300)]
    assert seen.lines == lines
    assert outcome["texts"] == [line.decode(errors="replace") for line in lines[:3]]
    assert "spiffe://tocsin/edge" in seen.peer_names
    assert len(seen.request_id) == 32
    assert 25 < seen.time_left <= 30, "the client's own timeout travels as the deadline"


def test_vectors_are_read_as_python_writes_them():
    with PythonTiers("embedding") as tiers:
        outcome = call("embedding", tiers.port, "--items", 5)
    assert outcome["items"] == 5
    assert outcome["texts"] == ["python"]
    assert outcome["numbers"] == [0, 0.125, 0.25]


def test_verdicts_and_the_failure_of_one_row():
    with PythonTiers("classifier") as tiers:
        outcome = call("classifier", tiers.port, "--items", 3, "--name", "lora")
    assert outcome["items"] == 3
    assert outcome["texts"] == ["lora"]
    assert outcome["numbers"] == [0.5, -1, 0.5]


def test_message_of_32_mebibytes(python_tiers):
    outcome = call("parser", python_tiers.port, "--items", 512, "--item-bytes", 64 << 10, "--timeout", 240)
    assert outcome.get("error") is None
    assert outcome["items"] == 512
    assert sum(map(len, python_tiers.parser.calls[0].lines)) == 32 * MEBIBYTE


def test_deadline(python_tiers):
    outcome = call("parser", python_tiers.port, "--name", "slow", "--timeout", 1)
    assert outcome["error"] == "deadlineExceeded"
    assert 0.9 < outcome["seconds"] < 5
    assert len(python_tiers.parser.calls) == 1, "a call out of time is not tried again"
    assert python_tiers.parser.calls[0].ended.wait(5), "the server does not learn that the caller stopped waiting"


def test_cancel(python_tiers):
    outcome = call("parser", python_tiers.port, "--name", "slow", "--cancel-after", 1)
    assert outcome["error"] == "cancelled"
    assert outcome["seconds"] < 5
    assert python_tiers.parser.calls[0].ended.wait(5), "the server does not learn that the call was cancelled"


def test_unavailable_is_tried_again(python_tiers):
    outcome = call("parser", python_tiers.port, "--name", "unavailable twice")
    assert outcome.get("error") is None
    assert outcome["items"] == 3
    calls = python_tiers.parser.calls
    assert len(calls) == 3
    assert len({seen.request_id for seen in calls}) == 1, "all tries are one request"


def test_unavailable_for_good_is_given_up(python_tiers):
    outcome = call("parser", python_tiers.port, "--name", "UNAVAILABLE")
    assert outcome["error"] == "unavailable"
    assert "as it was asked" in outcome["reason"]
    assert len(python_tiers.parser.calls) == 4


@pytest.mark.parametrize(
    "code, error",
    [
        ("INVALID_ARGUMENT", "invalidRequest"),
        ("RESOURCE_EXHAUSTED", "overloaded"),
        ("DEADLINE_EXCEEDED", "deadlineExceeded"),
        ("INTERNAL", "failed"),
        ("UNKNOWN", "failed"),
        ("ABORTED", "failed"),
        ("PERMISSION_DENIED", "failed"),
    ],
)
def test_other_codes_are_not_tried_again(python_tiers, code, error):
    outcome = call("parser", python_tiers.port, "--name", code)
    assert outcome["error"] == error
    assert len(python_tiers.parser.calls) == 1


def test_server_under_another_name_is_refused():
    with PythonTiers("embedding") as impostor:  # ours, but no parser
        outcome = call("parser", impostor.port, "--timeout", 3)
    assert outcome["error"] in ("unavailable", "deadlineExceeded")
    assert not impostor.parser.calls


def test_server_of_another_authority_is_refused(python_tiers):
    outcome = call("parser", python_tiers.port, "--timeout", 3, certificates=ROGUE)
    assert outcome["error"] in ("unavailable", "deadlineExceeded")
    assert not python_tiers.parser.calls


def test_nothing_listens_there():
    with PythonTiers("parser") as tiers:
        port = tiers.port
    outcome = call("parser", port, "--timeout", 3)
    assert outcome["error"] in ("unavailable", "deadlineExceeded")
