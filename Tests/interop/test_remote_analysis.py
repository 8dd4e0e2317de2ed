"""`tocsin analyze --edge` over HTTPS with an API key: the same verdicts, and what it says where it is not let in."""
import pytest

from api_keys import Keys
from command_line import ENGINES, rows, tocsin
from places import CERTIFICATES, ROGUE

LOG = """\
Apr 15 12:34:56 gate sshd[411]: Failed password for root from 192.0.2.7 port 52114 ssh2
Apr 15 12:34:57 gate kernel: Out of memory: Killed process 4321 (postgres) total-vm:8123456kB, anon-rss:7010220kB
"""
AUTHORITY = CERTIFICATES / "ca.pem"


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    keys = Keys(tmp_path_factory.mktemp("keys") / "keys.json")
    keys.caller = keys.add("caller", "--rate", "1000")[0]
    keys.analyst = keys.add("analyst", "--scope", "analyze")[0]
    keys.reader = keys.add("reader", "--scope", "read")[0]
    return keys


@pytest.fixture(scope="module")
def edge(start_edge, keys):
    """The options that name an edge that asks for keys."""
    edge = start_edge("--keys", keys.path)
    return ["--edge", f"https://localhost:{edge.logged('serving HTTPS', within=30)['port']}"]


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "gate.log"
    path.write_text(LOG)
    return path


def test_a_key_may_be_an_argument_a_file_or_in_the_environment(edge, keys, log, tmp_path):
    file = tmp_path / "key.txt"
    file.write_text(keys.caller + "\n")
    here = rows("analyze", log, *ENGINES)
    for key, environment in [
        (["--key", keys.caller], {}), (["--key", f"@{file}"], {}), ([], {"TOCSIN_API_KEY": keys.caller})
    ]:
        there = rows("analyze", log, *edge, "--ca", AUTHORITY, *key, **environment)
        assert [row["raw"] for row in there] == LOG.splitlines()
        for one, other in zip(here, there, strict=True):
            assert one["prediction"]["class_name"] == other["prediction"]["class_name"]
            assert one["prediction"]["confidence"] == pytest.approx(other["prediction"]["confidence"], abs=1e-3)


def test_options_of_the_answer_hold_for_an_edge_too(edge, keys, log):
    options = [*edge, "--ca", AUTHORITY, "--key", keys.caller]
    assert [row["line"] for row in rows("analyze", log, *options, "--only", "system_failure")] == [2]
    assert {row["log_type"] for row in rows("analyze", log, *options, "--format", "HDFS")} == {"HDFS"}
    assert tocsin("analyze", log, *options, "--fail-on", "system_failure").returncode == 3
    run = tocsin("analyze", log, *options, "--model", "lora")
    assert run.returncode == 0 and "(lora)" in run.stdout


def test_a_key_that_may_send_lines_is_enough_to_have_them_judged(edge, keys, log):
    assert len(rows("analyze", log, *edge, "--ca", AUTHORITY, "--key", keys.analyst)) == 2


@pytest.mark.parametrize(("options", "named"), [
    ([], "--key or in TOCSIN_API_KEY"),
    (["--key", "tocsin_00000000_" + "0" * 48], "unknown, revoked or expired"),
    (["--key", "{reader}"], "this needs 'analyze'"),
    (["--key", "@/no/such/file"], "'/no/such/file'"),
    (["--key", "{caller}", "--model", "nonsense"], "model 'nonsense'"),
    (["--key", "{caller}", "--format", "nonsense"], "log type 'nonsense'"),
])
def test_who_is_not_let_in_is_told_why_and_shown_no_secret(edge, keys, log, options, named):
    options = [option.format(reader=keys.reader, caller=keys.caller) for option in options]
    run = tocsin("analyze", log, *edge, "--ca", AUTHORITY, *options)
    assert run.returncode in (1, 64) and run.stdout == ""
    assert run.stderr.startswith("Error: ") and named in run.stderr.splitlines()[0]
    assert not any(key in run.stderr for key in [keys.caller, keys.reader])


@pytest.mark.parametrize("authority", [[], ["--ca", ROGUE / "ca.pem"], ["--ca", "/no/such.pem"]], ids=str)
def test_an_edge_whose_certificate_is_not_trusted_is_sent_nothing(edge, keys, log, authority):
    run = tocsin("analyze", log, *edge, *authority, "--key", keys.caller)
    assert run.returncode == 1 and run.stdout == ""
    assert run.stderr.startswith("Error: ") and len(run.stderr.splitlines()) == 1


@pytest.mark.parametrize("options", [
    ["--ca", AUTHORITY], ["--key", "k"], ["--edge", "http://127.0.0.1:1", "--ca", AUTHORITY],
    ["--edge", "http://127.0.0.1:1", *ENGINES], ["--edge", "ftp://127.0.0.1:1"], ["--edge", "https://a:b@127.0.0.1:1"],
    ["--edge", "http://127.0.0.1:1", "--utc-offset", "+02:00"],
], ids=lambda options: " ".join(map(str, options[:2])))
def test_options_that_do_not_go_together_are_refused(log, options):
    run = tocsin("analyze", log, *options)
    assert run.returncode in (1, 64) and run.stdout == ""
    assert run.stderr.startswith("Error: ")
