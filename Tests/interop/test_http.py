"""The HTTP interface's v1 over the real tiers, as a caller with Python's standard library sees it."""
import http.client
import json
import time

from calls import call
from places import ROOT

SAMPLE = (ROOT / "deploy" / "sample.log").read_bytes()


def post(port, path, body, content_type, accept="application/json"):
    return call(port, "POST", path, body, content_type=content_type, accept=accept)


def test_every_form_of_question_and_answer_gives_the_same_verdicts(edge_port):
    lines = SAMPLE.decode().splitlines()
    as_json = json.dumps({"logs": lines})
    as_lines = "".join(json.dumps(line) + "\n" for line in lines)
    verdicts = []
    for body, content_type in [(as_json, "application/json"), (as_lines, "application/x-ndjson"), (SAMPLE, "text/plain")]:
        answer, text = post(edge_port, "/v1/logs:analyze", body, content_type)
        assert answer.status == 200
        assert "classify;dur=" in answer.headers["Server-Timing"]
        verdicts.append([(row["line"], row["prediction"]) for row in json.loads(text)["results"]])
    _, text = post(edge_port, "/v1/logs:analyze", SAMPLE, "text/plain", "application/x-ndjson")
    rows = [json.loads(line) for line in text.splitlines()]
    assert rows[-1]["total_logs"] == len(lines)
    verdicts.append([(row["line"], row["prediction"]) for row in rows[:-1]])
    _, text = post(edge_port, "/v1/logs:analyze", SAMPLE, "text/plain", "text/event-stream")
    events = [event.split("\ndata: ") for event in text.decode().split("\n\n")[:-1]]
    assert events[-1][0] == "event: summary"
    verdicts.append([(row["line"], row["prediction"]) for row in (json.loads(data) for _, data in events[:-1])])
    _, text = post(edge_port, "/api/predict", as_json, "application/json")
    verdicts.append([(line, row["prediction"]) for line, row in enumerate(json.loads(text)["logs"], 1)])
    assert all(each == verdicts[0] for each in verdicts)


def test_verdicts_come_while_the_log_is_still_being_sent(edge_port):
    connection = http.client.HTTPConnection("127.0.0.1", edge_port, timeout=60)
    connection.putrequest("POST", "/v1/logs:analyze")
    connection.putheader("Content-Type", "text/plain")
    connection.putheader("Accept", "application/x-ndjson")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()
    connection.send(b"%x\r\n%s\r\n" % (len(SAMPLE), SAMPLE))
    answer = connection.getresponse()  # the request has no end yet
    first = json.loads(answer.readline())
    assert first["line"] == 1 and first["status"] == "ok"
    connection.send(b"6\r\nlater\n\r\n0\r\n\r\n")
    rows = [first, *(json.loads(line) for line in answer.read().splitlines())]
    assert [row["line"] for row in rows[:-1]] == list(range(1, len(SAMPLE.splitlines()) + 2))
    assert rows[-2]["raw"] == "later"


def test_a_stack_trace_is_one_record_where_that_is_asked(edge_port):
    trace = b"java.lang.IllegalStateException: pool is closed\n\tat a.Pool.take(Pool.java:1)\n\tat a.Main.run(Main.java:9)\n"
    _, text = post(edge_port, "/v1/logs:analyze?multiline=auto", trace, "text/plain")
    assert [row["lines"] for row in json.loads(text)["results"]] == [[1, 3]]
    _, text = post(edge_port, "/v1/logs:analyze", trace, "text/plain")
    assert [row["line"] for row in json.loads(text)["results"]] == [1, 2, 3]


def test_compare_names_what_is_new_and_what_is_gone(edge_port):
    calm = [f"Apr 15 12:34:{second:02} web1 sshd[77]: session opened for user u{second}" for second in range(30)]
    new = [f"Apr 15 13:34:{second:02} web1 kernel: EXT4-fs error on device sda{second}" for second in range(9)]
    gone = ["Apr 15 12:00:00 web1 CRON[9]: job finished"] * 5
    body = json.dumps({"before": calm + gone, "after": calm + new})
    answer, text = post(edge_port, "/v1/compare", body, "application/json")
    assert answer.status == 200
    changes = json.loads(text)["changes"]
    kinds = {(change["change"], change["before"], change["after"]) for change in changes}
    assert {("new", 0, 9), ("gone", 5, 0)} <= kinds
    assert changes[0]["change"] == "new" and changes[0]["p_value"] < 0.01
    assert changes == sorted(changes, key=lambda change: -change["likelihood_ratio"])


def test_first_verdicts_of_a_large_log_come_at_once(edge_port):
    log = SAMPLE * 400
    connection = http.client.HTTPConnection("127.0.0.1", edge_port, timeout=120)
    start = time.monotonic()
    connection.request("POST", "/v1/logs:analyze", log, {"Content-Type": "text/plain", "Accept": "application/x-ndjson"})
    answer = connection.getresponse()
    answer.readline()
    first = time.monotonic() - start
    rows = answer.read().splitlines()
    assert len(rows) == len(log.splitlines())  # the first one was read before, the summary is the last
    assert first < (time.monotonic() - start) / 2
