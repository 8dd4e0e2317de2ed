"""`tocsin explain` and `tocsin diff`: what they say in each form, in what order, and their exit codes."""
import csv
import io
import json

import pytest

from calls import ask
from command_line import ENGINES, rows, tocsin

FAILED = "Apr 15 12:34:56 gate sshd[411]: Failed password for root from 192.0.2.7 port 52114 ssh2"
TRACE = "2024-04-12 08:15:09,846 ERROR [main] org.example.Pool: pool is closed\n\tat a.Pool.take(Pool.java:1)\n"
CALM = [f"Apr 15 12:{number:02}:00 gate su(pam_unix)[{number}]: session opened for user backup by (uid=0)"
        for number in range(40)]
NEW = [f"Apr 15 13:00:{number:02} gate kernel: EXT4-fs error (device sda{number}): unable to read superblock"
       for number in range(12)]
GONE = [f"Apr 15 11:00:0{number} gate sshd[41{number}]: Failed password for root from 192.0.2.{number} port 52114 ssh2"
        for number in range(6)]


def written(path, lines):
    path.write_text("".join(line.rstrip("\n") + "\n" for line in lines))
    return path


@pytest.fixture
def log(tmp_path):
    return written(tmp_path / "app.log", [CALM[0], *TRACE.splitlines(), FAILED])


@pytest.fixture
def logs(tmp_path):
    """A log, and one in which a message is new and one is gone."""
    return [written(tmp_path / "before.log", CALM + GONE), written(tmp_path / "after.log", CALM + NEW)]


def explained(*arguments, input=None):
    run = tocsin("explain", *arguments, *ENGINES, "--output", "json", input=input)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def changes(*arguments, input=None):
    run = tocsin("diff", *arguments, *ENGINES, "--output", "json", input=input)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)["changes"]


def test_a_line_is_explained_by_words_parts_and_neighbours_that_add_up(log):
    (row,) = explained(log, "--line", "4")["explanations"]
    assert (row["line"], row["raw"]) == (4, FAILED)
    said = row["explanation"]
    assert said["class_name"] == row["prediction"]["class_name"] == "security_anomaly"
    assert max(said["words"], key=lambda word: word["contribution"])["word"] == "password"
    parts = sum(group["contribution"] for group in said["groups"])
    assert parts == pytest.approx(said["margin"]["value"] - said["margin"]["base"], abs=0.01)
    likeness = [known["similarity"] for known in said["nearest_templates"]]
    assert likeness == sorted(likeness, reverse=True) and likeness[0] > 0.5


def test_a_line_within_a_joined_record_is_explained_with_the_record(log):
    (row,) = explained(log, "--line", "3")["explanations"]
    assert (row["lines"], row["raw"]) == ([2, 3], TRACE.rstrip("\n"))
    (row,) = explained(log, "--line", "3", "--multiline", "off")["explanations"]
    assert row["line"] == 3 and row["raw"] == TRACE.splitlines()[1]


def test_another_class_is_explained_where_it_is_named(log):
    (row,) = explained(log, "--line", "4", "--class", "hardware_issue")["explanations"]
    assert row["explanation"]["class_name"] == "hardware_issue"
    assert row["prediction"]["class_name"] == "security_anomaly"


@pytest.mark.parametrize("model", ["words", "lora", "ensemble"])
def test_every_kind_of_model_explains(log, model):
    said = explained(log, "--line", "4", "--model", model)
    assert said["model"]["name"] == model
    assert said["explanations"][0]["explanation"]["words"]


def test_the_table_says_the_same_to_people(log):
    run = tocsin("explain", log, "--line", "4", *ENGINES)
    (row,) = explained(log, "--line", "4")["explanations"]
    assert run.returncode == 0 and "\x1b" not in run.stdout
    assert run.stdout.startswith("line 4  Apr 15 12:34:56 gate sshd[411]: Failed password")
    assert row["explanation"]["sentence"] in run.stdout
    assert "password(++)" in run.stdout and "nearest known templates" in run.stdout
    painted = tocsin("explain", log, "--line", "4", *ENGINES, "--color", "always").stdout
    assert "\x1b[97;41mpassword\x1b[0m" in painted and "(++)" not in painted


def test_without_a_line_the_first_records_are_explained_and_that_is_said():
    run = tocsin("explain", *ENGINES, "--output", "json", input="\n".join(CALM) + "\n")
    found = json.loads(run.stdout)["explanations"]
    assert run.returncode == 0 and 0 < len(found) < len(CALM)
    assert [row["raw"] for row in found] == CALM[: len(found)]
    assert run.stderr == f"tocsin: the first {len(found)} records are explained; --line names another\n"
    assert tocsin("explain", *ENGINES, input=FAILED).stderr == ""


def test_json_is_what_the_edge_answers(log, edge_port):
    here = explained(log, "--line", "4")
    _, there = ask(edge_port, "POST", "/v1/logs:explain", {"logs": [FAILED]})
    assert here.keys() == there.keys() - {"timings"}
    (one,), (other,) = here["explanations"], there["explanations"]
    assert one.keys() == other.keys() and one["explanation"].keys() == other["explanation"].keys()
    assert one["explanation"]["sentence"] == other["explanation"]["sentence"]


def test_a_line_that_there_is_not_is_told(log):
    run = tocsin("explain", log, "--line", "99", *ENGINES)
    assert run.returncode != 0 and run.stdout == ""
    assert run.stderr.splitlines()[0] == f"Error: '{log}' has no line 99"


def test_what_is_new_stands_first_then_what_is_gone_each_with_how_likely_chance_is(logs):
    new, gone, *others = changes(*logs)
    assert (new["change"], new["before"], new["after"]) == ("new", 0, 12)
    assert "EXT4-fs error" in new["template"]
    assert (gone["change"], gone["before"], gone["after"]) == ("gone", 6, 0)
    assert 0 < new["p_value"] < gone["p_value"] < 0.05
    assert new["likelihood_ratio"] > gone["likelihood_ratio"] > 0
    assert gone["class_name"] == "security_anomaly"
    assert others == []  # what is as it was is no change


def test_a_log_does_not_differ_from_itself_and_turned_round_new_is_gone(logs):
    assert changes(logs[0], logs[0]) == []
    there, back = changes(*logs), changes(*reversed(logs))
    turned = {"new": "gone", "gone": "new"}
    assert [(each["template"], turned[each["change"]]) for each in there] == [
        (each["template"], each["change"]) for each in back]
    assert [each["p_value"] for each in there] == pytest.approx([each["p_value"] for each in back])


def test_every_form_holds_the_same_changes(logs):
    found = changes(*logs)
    assert rows("diff", *logs, *ENGINES) == found
    table = list(csv.DictReader(io.StringIO(tocsin("diff", *logs, *ENGINES, "--output", "csv").stdout, newline="")))
    assert [(row["change"], int(row["before"]), int(row["after"]), row["template"]) for row in table] == [
        (row["change"], row["before"], row["after"], row["template"]) for row in found]
    assert [float(row["p_value"]) for row in table] == pytest.approx([row["p_value"] for row in found])
    lines = tocsin("diff", *logs, *ENGINES).stdout.splitlines()
    assert [line.split()[0] for line in lines[:3]] == ["CHANGE", "new", "gone"]
    assert lines[-1] == "1 new, 1 gone, 0 grown, 0 shrunk; 46 lines before, 52 after"
    assert "\x1b[" in tocsin("diff", *logs, *ENGINES, "--color", "always").stdout


def test_only_max_p_and_limit_narrow_the_changes(logs):
    new, gone = changes(*logs)
    assert changes(*logs, "--only", "security_anomaly") == [gone]
    assert changes(*logs, "--max-p", str((new["p_value"] + gone["p_value"]) / 2)) == [new]
    assert changes(*logs, "--limit", "1") == [new]
    assert len(changes(*logs, "--max-p", "1")) == 3


def test_one_of_the_logs_may_be_standard_input(logs):
    assert changes(logs[0], "-", input=logs[1].read_text()) == changes(*logs)


@pytest.mark.parametrize(("arguments", "code", "named"), [
    (["{log}", "/no/such.log"], 1, "cannot read '/no/such.log': No such file or directory"),
    (["-", "-"], 64, "both logs are standard input"),
    (["{log}", "{log}", "--max-p", "2"], 64, "--max-p is 2.0"),
    (["{log}", "{log}", "--limit=-1"], 64, "--limit is -1"),
])
def test_logs_that_cannot_be_compared_are_told(log, arguments, code, named):
    run = tocsin("diff", *(argument.format(log=log) for argument in arguments), *ENGINES)
    assert (run.returncode, run.stdout) == (code, "")
    assert run.stderr.splitlines()[0].startswith("Error: " + named)
