"""The bounds of HTTP, each made small: connections, time, lines, answers that nobody reads."""
import http.client
import json
import socket
import time

import pytest

from calls import ask, call
from service import Served

LINE = "Apr 15 12:34:56 gate sshd[411]: Failed password for root from 192.0.2.7 port 52114 ssh2"
WORDS = ["disk", "gate", "queue", "lease", "mirror", "beacon", "anchor", "ledger", "socket", "timer"]
UNKNOWN = [f"cannot reach {one} of {other} by {third}" for one in WORDS for other in WORDS for third in WORDS]


@pytest.fixture
def serve(tmp_path):
    return lambda *arguments: Served(tmp_path / "log", *arguments)


def test_a_connection_too_many_waits_and_is_served_once_another_closes(serve):
    with serve("--max-connections", "1") as served:
        first = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
        first.request("GET", "/livez")
        assert first.getresponse().read()
        second = socket.create_connection(("127.0.0.1", served.port), timeout=0.5)
        second.sendall(b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n")
        with pytest.raises(TimeoutError):
            second.recv(1)
        first.request("GET", "/livez")  # who is in goes on
        assert first.getresponse().read()
        first.close()
        second.settimeout(60)
        assert second.recv(12) == b"HTTP/1.1 200"
        second.close()


def test_a_caller_who_does_not_read_is_cut_off(serve):
    with serve("--write-timeout", "1s") as served:
        caller = socket.socket()
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        caller.connect(("127.0.0.1", served.port))
        caller.settimeout(60)
        caller.sendall(
            b"POST /v1/logs:analyze HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
            b"Accept: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
        lines = (LINE + "\n").encode() * 1000
        chunk = b"%x\r\n%s\r\n" % (len(lines), lines)
        start = time.monotonic()
        with pytest.raises(ConnectionError):
            while time.monotonic() < start + 60:
                caller.sendall(chunk)
        assert ask(served.port, "POST", "/api/predict", {"logs": [LINE]})[0].status == 200


def test_a_request_that_takes_too_long_is_ended_and_a_stream_is_not(start_edge):
    port = start_edge("--request-timeout", "20ms").http_port
    for path, lines in [("/api/predict", UNKNOWN[:200]), ("/v1/logs:explain", UNKNOWN[200:210])]:
        answer, problem = ask(port, "POST", path, {"logs": lines})
        assert answer.status == 504, path
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert problem["code"] == "deadline_exceeded"
        assert int(answer.headers["Retry-After"]) > 0
    answer, said = ask(port, "POST", "/v1/logs:analyze", {"logs": UNKNOWN})
    assert answer.status == 200 and said["total_logs"] == 1000 and said["failed"] == 0


def test_a_request_that_takes_too_long_is_ended_in_one_process_too(serve):
    with serve("--request-timeout", "20ms") as served:
        assert ask(served.port, "POST", "/api/predict", {"logs": UNKNOWN})[0].status == 504


def test_a_body_that_comes_too_slowly_is_not_waited_for(serve):
    with serve("--body-timeout", "1s") as served, socket.create_connection(("127.0.0.1", served.port), 60) as caller:
        caller.sendall(b"POST /api/predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
        answer = http.client.HTTPResponse(caller)
        answer.begin()
        assert (answer.status, json.loads(answer.read())["code"]) == (408, "body_too_slow")


def rows(served, body, content_type):
    _, text = call(
        served.port, "POST", "/v1/logs:analyze", body, content_type=content_type, accept="application/x-ndjson")
    return [json.loads(line) for line in text.splitlines()][:-1]


@pytest.mark.parametrize(("written", "content_type"), [(str, "text/plain"), (json.dumps, "application/x-ndjson")])
def test_a_line_beyond_the_limit_fails_alone_and_is_told_the_limit(serve, written, content_type):
    body = "\n".join(map(written, [LINE, LINE + " and" * 1000, LINE]))
    with serve("--max-line-bytes", "1024") as served:
        before, long, after = rows(served, body, content_type)
    assert [row["status"] for row in (before, long, after)] == ["ok", "failed", "ok"]
    assert (long["error"]["code"], long["line"], after["line"]) == ("invalid_argument", 2, 3)
    assert "1024" in long["error"]["detail"] and len(long["raw"]) == 1024
