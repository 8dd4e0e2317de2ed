"""The live templates over the wire: shown, changed, exchanged with other parsers, and kept over every kind of end."""
import itertools
import json
import random
import subprocess
import threading
import time

import grpc
import pytest

from channels import channel
from conftest import ARGUMENTS
from places import CERTIFICATES, PROGRAMS
from service import CALLERS, Service
from tiers import line_block
from tocsin.parser.v1 import parser_pb2, parser_pb2_grpc

PEERS = CALLERS + ",spiffe://tocsin/parser"


def lines(*texts):
    return parser_pb2.ParseRequest(lines=line_block([text.encode() for text in texts]))


def stub_of(service):
    return parser_pb2_grpc.ParserStub(channel(service.port))


@pytest.fixture
def parser(start, tmp_path):
    return stub_of(start("parser"))


@pytest.fixture
def stateful(tmp_path):
    """Starts parsers on one state file, one after the other; what a test leaves running is killed."""
    started = []

    def begin(*arguments):
        service = Service(
            "parser", tmp_path / f"log-{len(started)}", *ARGUMENTS["parser"], "--state", tmp_path / "templates",
            "--state-interval", "50ms", *arguments,
        )
        started.append(service)
        return service

    yield begin
    for service in started:
        if service.process.poll() is None:
            service.process.kill()
            service.process.wait()


def listed(stub, **query):
    return stub.ListTemplates(parser_pb2.ListTemplatesRequest(**query), timeout=10)


def test_templates_are_listed_with_what_is_known_of_them(parser):
    parser.Parse(lines("2024-04-15 12:00:00 INFO pool=main is drained", "2024-04-15 12:00:09 INFO pool=spare is drained"))
    page = listed(parser)
    assert (page.total, page.total_count) == (1, 2)
    template = page.templates[0]
    assert template.text == b"pool=<*> is drained"
    assert template.last_seen - template.first_seen == 9000
    assert sorted(template.samples) == [b"pool=main is drained", b"pool=spare is drained"]
    assert len(template.id) == 16 and [len(id) for id in template.supersedes] == [16]
    assert not listed(parser, contains=b"no such").templates
    assert not listed(parser, min_count=3).templates
    assert listed(parser, offset=1).total == 1 and not listed(parser, offset=1).templates


def test_templates_are_changed_by_the_id_they_have_or_had(parser):
    parser.Parse(lines("pool=main is drained", "pool=spare is drained"))
    template = listed(parser).templates[0]
    former = template.supersedes[0]
    assert parser.PinTemplate(parser_pb2.PinTemplateRequest(id=former, pinned=True)).pinned
    named = parser.RenameTemplate(parser_pb2.RenameTemplateRequest(id=former, name="Größe".encode()))
    assert (named.id, named.name.decode()) == (template.id, "Größe")
    assert listed(parser, pinned_only=True).templates[0] == named
    assert parser.DeleteTemplate(parser_pb2.DeleteTemplateRequest(id=template.id)) == named
    assert not listed(parser).templates


@pytest.mark.parametrize(
    "method, request_type", [("PinTemplate", "PinTemplateRequest"), ("RenameTemplate", "RenameTemplateRequest"),
                             ("DeleteTemplate", "DeleteTemplateRequest")])
def test_an_unknown_id_is_not_found_and_a_wrong_one_invalid(parser, method, request_type):
    call, request = getattr(parser, method), getattr(parser_pb2, request_type)
    with pytest.raises(grpc.RpcError) as unknown:
        call(request(id=bytes(16)))
    assert unknown.value.code() == grpc.StatusCode.NOT_FOUND
    assert "0" * 32 in unknown.value.details()
    with pytest.raises(grpc.RpcError) as wrong:
        call(request(id=b"short"))
    assert wrong.value.code() == grpc.StatusCode.INVALID_ARGUMENT


def test_a_reader_gets_what_changed_since_it_asked_last(parser):
    parser.Parse(lines("it is quiet", "fan 3 failed"))
    first = parser.Sync(parser_pb2.SyncRequest())
    assert {record.typed_text for record in first.records} == {b"it is quiet", b"fan <NUM> failed"}
    assert all(count.replica == first.replica and count.count == 1 for r in first.records for count in r.counts)
    again = parser_pb2.SyncRequest(tree=first.tree, position=first.position)
    assert not parser.Sync(again).records
    parser.Parse(lines("it is quiet"))
    second = parser.Sync(again)
    assert [(r.typed_text, r.counts[0].count) for r in second.records] == [(b"it is quiet", 2)]
    other = parser_pb2.SyncRequest(tree="another", position=first.position)
    assert len(parser.Sync(other).records) == 2


def test_three_parsers_that_are_peers_become_equal(start):
    first = start("parser", callers=PEERS)
    second = start("parser", "--peers", f"localhost:{first.port}", "--sync-interval", "200ms", callers=PEERS)
    third = start(
        "parser", "--peers", f"127.0.0.1:{first.port},127.0.0.1:{second.port},127.0.0.1:1", "--sync-interval", "200ms",
        callers=PEERS,
    )
    for number, service in enumerate((first, second, third)):
        stub_of(service).Parse(lines(f"pool=p{'abc'[number]} is drained", "it is quiet"))
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and [t.count for t in listed(stub_of(third)).templates] != [3, 3]:
        time.sleep(0.05)
    templates = listed(stub_of(third)).templates
    assert [(t.text, t.count) for t in sorted(templates, key=lambda t: t.text)] == [
        (b"it is quiet", 3), (b"pool=<*> is drained", 3),
    ]
    assert third.logged("a peer does not answer", peer="127.0.0.1:1")


def test_templates_come_back_after_an_orderly_end(stateful):
    service = stateful()
    stub_of(service).Parse(lines("it is quiet", "fan 3 failed"))
    replica = stub_of(service).Sync(parser_pb2.SyncRequest()).replica
    before = listed(stub_of(service))
    assert service.stop() == 0
    service = stateful()
    service.logged("restored the templates", templates="2")
    assert listed(stub_of(service)) == before
    assert stub_of(service).Sync(parser_pb2.SyncRequest()).replica == replica
    assert service.stop() == 0


def test_snapshot_is_whole_wherever_the_parser_is_killed(stateful, tmp_path):
    chance = random.Random(7)
    seen = 0
    words = ("".join(letters) for letters in itertools.product("abcdefghij", repeat=5))
    for _ in range(12):
        service = stateful()
        assert not list(tmp_path.glob("templates.unusable*"))
        stub = stub_of(service)
        known = listed(stub).total_count
        assert known >= seen, "a snapshot that was written is older than one before it"
        seen = known
        ended = threading.Event()

        def keep_it_changing():
            while not ended.is_set():
                try:
                    stub.Parse(lines(*(f"{word} {word}s {word}" for word in itertools.islice(words, 40))), timeout=5)
                except grpc.RpcError:
                    return

        writer = threading.Thread(target=keep_it_changing)
        writer.start()
        time.sleep(chance.uniform(0.05, 0.5))
        service.process.kill()
        service.process.wait()
        ended.set()
        writer.join()
    assert seen > 0
    assert stateful().stop() == 0


@pytest.mark.parametrize("content", [b"", b"garbage", b"tocsin-live-templates 9 0 0\n{}\n"])
def test_unusable_snapshot_is_set_aside_and_named(stateful, tmp_path, content):
    (tmp_path / "templates").write_bytes(content)
    service = stateful()
    event = next(event for event in service.events() if event.get("set_aside"))
    assert event["level"] == "error" and str(tmp_path / "templates") in event["path"]
    aside = list(tmp_path.glob("templates.unusable-*"))
    assert [path.read_bytes() for path in aside] == [content]
    assert listed(stub_of(service)).total == 0
    assert service.stop() == 0


def test_one_state_has_one_parser(stateful):
    stateful()
    with pytest.raises(AssertionError, match="another process writes this file"):
        stateful()


def command(*arguments, parser, name="client", status=0):
    """Runs `tocsin templates` on a running parser with the certificate of that name."""
    certificates = ["--tls-certificate", f"{name}.pem", "--tls-key", f"{name}.key", "--tls-ca", "ca.pem"]
    done = subprocess.run(
        [PROGRAMS / "tocsin", "templates", *map(str, arguments), "--parser", f"127.0.0.1:{parser.port}", *certificates],
        cwd=CERTIFICATES, capture_output=True, text=True, timeout=60, check=False,
    )
    assert done.returncode == status, done.stderr
    return done


def shown(parser):
    return [json.loads(line) for line in command("list", "-o", "ndjson", parser=parser).stdout.splitlines()]


def test_the_command_line_tool_shows_and_changes_a_running_parsers_templates(start, tmp_path):
    parser = start("parser")
    stub = stub_of(parser)
    stub.Parse(lines("pool=main is drained", "pool=spare is drained", "fan 3 failed", "it is quiet"))
    drained, fan, quiet = sorted(shown(parser), key=lambda template: (-template["count"], template["template"]))
    assert (drained["template"], drained["count"]) == ("pool=<*> is drained", 2)
    assert drained["template_id"][:12] in command("list", parser=parser).stdout

    assert "pinned" in command("pin", drained["template_id"][:10], parser=parser).stderr
    command("rename", drained["supersedes"][0], "--name", "Größe", parser=parser)
    command("delete", fan["template_id"], parser=parser)
    (named,) = [template for template in shown(parser) if template["pinned"]]
    assert (named["name"], named["template_id"]) == ("Größe", drained["template_id"])
    assert len(shown(parser)) == 2
    command("unpin", drained["template_id"], parser=parser)
    command("rename", drained["template_id"], parser=parser)
    assert [(template["name"], template["pinned"]) for template in shown(parser)] == [(None, False)] * 2

    state = tmp_path / "exported.state"
    command("export", "--to", state, parser=parser)
    other = start("parser", "--state", state)
    assert {template["template_id"]: template["count"] for template in shown(other)} == {
        drained["template_id"]: 2, quiet["template_id"]: 1,
    }
    stub.Parse(lines("it is quiet", "a new one"))
    diff = command("diff", state, "-o", "ndjson", parser=parser).stdout
    changes = {row["template"]["template"]: row["change"] for row in map(json.loads, diff.splitlines())}
    assert changes == {"a new one": "new", "it is quiet": "grown", "pool=<*> is drained": "shrunk"}


def test_a_state_is_taken_into_a_running_parser_twice_and_counted_once(start, tmp_path):
    first, second = start("parser"), start("parser")
    stub_of(first).Parse(lines("pool=main is drained", "pool=spare is drained", "fan 3 failed"))
    stub_of(second).Parse(lines("pool=third is drained", "it is quiet"))
    state = tmp_path / "exported.state"
    command("export", "--to", state, parser=first)
    for _ in range(2):
        assert "the parser has 3 now" in command("import", state, parser=second).stderr
        assert {template["template"]: template["count"] for template in shown(second)} == {
            "pool=<*> is drained": 3, "fan <*> failed": 1, "it is quiet": 1,
        }
    refused = command("import", state, "--to", state, parser=second, status=64).stderr
    assert "either --to FILE or --parser" in refused


def test_the_command_line_tool_says_why_a_parser_does_not_do_it(start):
    parser = start("parser")
    assert "list the templates" in command("delete", "0" * 32, parser=parser, status=1).stderr
    assert "no template's id begins with '0'" in command("pin", "0", parser=parser, status=64).stderr
    assert "no template id" in command("pin", "drained", parser=parser, status=64).stderr
    assert "--authorized-callers" in command("list", parser=parser, name="embedding", status=1).stderr
    parser.stop()
    assert "cannot be reached" in command("list", parser=parser, status=1).stderr


def test_the_command_line_tool_reads_all_of_many_templates(start):
    parser = start("parser")
    stub = stub_of(parser)
    words = ["".join(letters) for letters in itertools.product("bcdfghjklm", "aeiou", "npqrstvwxz", "aeiou")]
    texts = [f"{word} {word}s {word}ed over {word}er" for word in words]
    stub.Parse(lines(*texts))
    page = listed(stub)
    templates = shown(parser)
    assert len(templates) == page.total > 1000
    assert {template["template_id"] for template in templates} >= {template.id.hex() for template in page.templates}
