"""`--redact`: where answers hide secrets that stand in log lines."""
import itertools
import json

import pytest

from calls import ask, call
from service import Served

TOKEN, MAIL, CARD = "ghp_" + "a1B2c3D4e5" * 3 + "f6G7h8", "carol@example.org", "4111 1111 1111 1111"
SECRETS = {"token": TOKEN, "mail": MAIL, "card": CARD}
LINES = [
    f"Apr 15 12:34:56 gate app[7]: login of {MAIL} refused, token {TOKEN} is unknown",
    f"Apr 15 12:34:57 gate shop[8]: payment by card {CARD} failed for {MAIL}",
]
# Members of answers whose texts may come from other callers' lines.
SHARED = {"template", "typed_template", "samples", "nearest_templates"}


@pytest.fixture(scope="module", params=["off", "shared", "all"])
def served(request, tmp_path_factory):
    with Served(tmp_path_factory.mktemp("serve") / "log", "--redact", request.param) as served:
        served.scope = request.param
        yield served


def shown(text):
    """Which of the secrets a text holds, in whatever part of it."""
    return {name for name, secret in SECRETS.items() if secret in text}


def texts(value, path=()):
    """Every text of a JSON value, with the names of the members that lead to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, member in value.items():
            yield from texts(member, (*path, name))
    elif isinstance(value, list):
        yield from itertools.chain.from_iterable(texts(each, path) for each in value)


def rows(text, accept):
    if accept == "application/json":
        return json.loads(text)
    return [json.loads(line.removeprefix("data: ")) for line in text.decode().splitlines() if "{" in line]


def holds_to_its_scope(served, answer):
    """Own lines show what they are unless `all` hides it; templates, which callers share, show it with `off` alone."""
    own, shared = set(), set()
    for path, text in texts(answer):
        (shared if SHARED & {*path} else own).update(shown(text))
    assert own == (set() if served.scope == "all" else set(SECRETS))
    assert served.scope == "off" or shared == set()


@pytest.mark.parametrize("path", ["/api/predict", "/api/predict-batch", "/api/extract-templates", "/v1/logs:explain"])
def test_an_answer_to_a_request_hides_what_the_scope_says(served, path):
    body = {"logs": LINES, "include_templates": True, "include_details": True}
    answer, said = ask(served.port, "POST", path, body)
    assert answer.status == 200
    holds_to_its_scope(served, said)


@pytest.mark.parametrize("accept", ["application/json", "application/x-ndjson", "text/event-stream"])
def test_a_stream_hides_what_the_scope_says_in_every_format(served, accept):
    answer, text = call(
        served.port, "POST", "/v1/logs:analyze", "\n".join(LINES), content_type="text/plain", accept=accept)
    assert answer.status == 200
    holds_to_its_scope(served, rows(text, accept))


def test_a_line_that_cannot_be_read_is_hidden_like_the_others(served):
    body = json.dumps(LINES[0]) + "\n" + json.dumps(LINES[1])[:-1]
    _, text = call(
        served.port, "POST", "/v1/logs:analyze", body, content_type="application/x-ndjson",
        accept="application/x-ndjson")
    failed = rows(text, "application/x-ndjson")[1]
    assert failed["status"] == "failed"
    assert shown(json.dumps(failed)) == (set() if served.scope == "all" else {"card", "mail"})


def test_what_is_new_between_two_logs_is_hidden_unless_nothing_is(served):
    _, said = ask(served.port, "POST", "/v1/compare", {"before": ["job 7 is done"] * 9, "after": LINES * 9})
    assert [change["change"] for change in said["changes"]].count("new") == 2
    assert shown(json.dumps(said)) == (set(SECRETS) if served.scope == "off" else set())


def test_samples_of_templates_are_kept_without_secrets_in_any_scope(served):
    assert ask(served.port, "POST", "/api/predict", {"logs": LINES * 3})[0].status == 200
    _, said = ask(served.port, "GET", "/v1/templates?contains=refused")
    assert said["total"] >= 1 and said["templates"][0]["samples"]
    assert shown(json.dumps(said)) == set()


def test_the_log_of_the_server_holds_no_line_in_any_scope(served):
    assert ask(served.port, "POST", "/api/predict", {"logs": LINES})[0].status == 200
    assert shown(served.log_path.read_text()) == set()
