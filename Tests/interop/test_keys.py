"""API keys from `tocsin-edge keys` to an edge that runs: who is let in, to what, how often, and for how long."""
import re
import ssl
import stat
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from api_keys import Keys
from calls import ask, call
from places import CERTIFICATES

LOGS = {"logs": ["Apr 15 12:34:56 gate sshd[411]: Failed password for root from 192.0.2.7 port 52114 ssh2"]}


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """Keys that are there when the edge starts, by what they are for."""
    keys = Keys(tmp_path_factory.mktemp("keys") / "keys.json")
    keys.operator = keys.add("operator", "--scope", "analyze", "--scope", "read", "--scope", "admin")[0]
    keys.reader = keys.add("reader", "--scope", "read")[0]
    keys.analyst = keys.add("analyst", "--scope", "analyze")[0]
    keys.past = keys.add("past", "--expires-in", "0")[0]
    keys.eager = keys.add("eager", "--rate", "2")
    keys.leaked = keys.add("leaked")
    keys.old = keys.add("shipper", "--scope", "read", "--rate", "77")
    keys.new = keys.make("rotate", keys.old[1])
    return keys


@pytest.fixture(scope="module")
def edge(start_edge, keys):
    return start_edge("--keys", keys.path)


def status(edge, key, path="/v1/limits"):
    return call(edge.http_port, "GET", path, key=key)[0].status


def awaits(expected, found):
    """What a running edge notices within seconds."""
    deadline = time.monotonic() + 30
    while (last := found()) != expected:
        assert time.monotonic() < deadline, f"{last}, expected {expected}"
        time.sleep(0.1)


def test_only_a_key_opens_what_is_no_probe(edge, keys):
    answer, problem = ask(edge.http_port, "POST", "/v1/logs:analyze", LOGS)
    assert (answer.status, problem["code"]) == (401, "missing_key")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="tocsin"'
    answer, problem = ask(edge.http_port, "POST", "/v1/logs:analyze", LOGS, key=keys.operator[:-1] + "x")
    assert (answer.status, problem["code"]) == (401, "invalid_key")
    assert keys.operator[:-1] not in str(problem)
    answer, _ = ask(edge.http_port, "POST", "/v1/logs:analyze", LOGS, key=keys.operator)
    assert answer.status == 200
    assert status(edge, keys.past) == 401
    assert status(edge, None, "/livez") == 200


def test_https_takes_the_same_keys(edge, keys):
    port = edge.logged("serving HTTPS", within=30)["port"]
    context = ssl.create_default_context(cafile=CERTIFICATES / "ca.pem")
    assert call(port, "GET", "/v1/limits", context=context)[0].status == 401
    assert call(port, "GET", "/v1/limits", context=context, key=keys.operator)[0].status == 200


def test_an_added_key_is_good_within_seconds_and_worthless_once_revoked(edge, keys):
    text, name = keys.add("dashboard")
    awaits(200, lambda: status(edge, text))
    assert keys.run("revoke", name).returncode == 0
    awaits(401, lambda: status(edge, text))
    assert status(edge, keys.operator) == 200
    assert not any(name in row for row in keys.rows())


def test_a_rotated_key_stays_good_for_its_overlap_beside_the_new_one(edge, keys):
    assert status(edge, keys.old[0]) == status(edge, keys.new[0]) == 200
    rows = {row.split()[0]: row for row in keys.rows()}
    assert rows[keys.new[1]].split("  ")[1:] == ["read", "77/min", "until it is revoked", "shipper"]
    assert "until it is revoked" not in rows[keys.old[1]]


def test_a_rotated_key_without_overlap_ends_at_once(edge, keys):
    old, old_id = keys.leaked
    assert status(edge, old) == 200
    new, _ = keys.make("rotate", old_id, "--overlap", "0")
    awaits((401, 200), lambda: (status(edge, old), status(edge, new)))


@pytest.mark.parametrize(("path", "body", "allowed"), [
    ("/v1/logs:analyze", LOGS, {"analyst", "operator"}),
    ("/api/predict", LOGS, {"analyst", "operator"}),
    ("/api/models/switch", {"model_type": "ml"}, {"operator"}),
    ("/v1/templates", None, {"reader", "operator"}),
    ("/v1/status", None, {"reader", "operator"}),
])
def test_a_key_may_do_what_its_scopes_name_alone(edge, keys, path, body, allowed):
    for name in ["operator", "reader", "analyst"]:
        answer, said = ask(edge.http_port, "POST" if body else "GET", path, body, key=getattr(keys, name))
        assert answer.status == (200 if name in allowed else 403), said
        assert name in allowed or said["code"] == "missing_scope"


def test_a_key_that_asks_too_often_is_told_when_to_come_again(edge, keys):
    text, name = keys.eager
    answers = [ask(edge.http_port, "GET", "/v1/limits", key=text) for _ in range(3)]
    assert [answer.status for answer, _ in answers] == [200, 200, 429]
    answer, problem = answers[-1]
    assert problem["code"] == "rate_limited" and name in problem["detail"]
    assert 0 < int(answer.headers["Retry-After"]) <= 30
    assert status(edge, keys.operator) == 200


def test_the_file_and_its_list_hold_no_secret(keys):
    contents, listed = keys.path.read_text(), "\n".join(keys.rows())
    for text in [keys.operator, keys.reader, keys.eager[0], keys.new[0]]:
        secret = text.rpartition("_")[2]
        assert secret not in contents and secret not in listed
    assert re.search(r"[0-9a-f]{64}", contents) and not re.search(r"[0-9a-f]{64}", listed)
    assert stat.S_IMODE(keys.path.stat().st_mode) == 0o600


def test_a_file_that_is_broken_meanwhile_leaves_the_keys_as_they_were(edge, keys):
    whole = keys.path.read_text()
    keys.path.write_text(whole[: len(whole) // 2])
    try:
        edge.logged("API keys not renewed, the old ones stay good", within=30)
        assert status(edge, keys.operator) == 200
        run = keys.run("add", "--name", "lost")
        assert run.returncode == 1 and str(keys.path) in run.stderr
        assert keys.path.read_text() == whole[: len(whole) // 2]
    finally:
        keys.path.write_text(whole)


@pytest.mark.parametrize(("command", "arguments", "named"), [
    ("rotate", ["00000000"], "no key '00000000'"),
    ("revoke", ["00000000"], "no key '00000000'"),
    ("add", ["--name", "x", "--scope", "root"], "'root'"),
    ("add", ["--name", "x", "--rate", "0"], "--rate is 0"),
    ("add", ["--name", "x", "--expires-in", "nan"], "--expires-in"),
    ("add", ["--name", "x", "--expires-in=-1"], "--expires-in"),
    ("add", ["--name", "two\nlines"], "--name"),
    ("rotate", ["{id}", "--overlap", "nan"], "--overlap"),
])
def test_what_cannot_be_done_is_said_and_leaves_the_file_alone(tmp_path, command, arguments, named):
    keys = Keys(tmp_path / "keys.json")
    _, id = keys.add("only")
    before = keys.path.read_bytes()
    run = keys.run(command, *(argument.format(id=id) for argument in arguments))
    assert run.returncode != 0 and run.stdout == ""
    assert run.stderr.startswith("Error: ") and named in run.stderr.splitlines()[0]
    assert keys.path.read_bytes() == before


def test_keys_that_are_made_at_once_are_all_kept(tmp_path):
    keys = Keys(tmp_path / "keys.json")
    with ThreadPoolExecutor(8) as makers:
        made = list(makers.map(lambda number: keys.add(f"shipper {number}")[1], range(8)))
    assert sorted(row.split()[0] for row in keys.rows()) == sorted(made)
