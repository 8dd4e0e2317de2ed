"""`tocsin analyze`: what is shown, of which input, in which form, by which model, and the exit code."""
import csv
import html.parser
import io
import json
import re

import pytest

from command_line import ENGINES, rows, tocsin

LOG = """\
Apr 15 12:34:56 gate sshd[411]: Failed password for root from 192.0.2.7 port 52114 ssh2
Apr 15 12:34:57 gate kernel: Out of memory: Killed process 4321 (postgres) total-vm:8123456kB, anon-rss:7010220kB
Apr 15 12:34:58 gate su(pam_unix)[4411]: session opened for user backup by (uid=0)
Apr 15 12:34:59 gate sshd[412]: Failed password for invalid user "a, b" <c> from 192.0.2.8 port 52115 ssh2
"""
CLASSES = ["security_anomaly", "system_failure", "normal", "security_anomaly"]


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "gate.log"
    path.write_text(LOG)
    return path


def class_names(found):
    return [row["prediction"]["class_name"] for row in found]


def test_only_shows_the_named_classes_and_counts_all(log):
    found = rows("analyze", log, *ENGINES)
    assert class_names(found) == CLASSES
    found = rows("analyze", log, *ENGINES, "--only", "system_failure", "--only", "normal")
    assert [(row["line"], row["prediction"]["class_name"]) for row in found] == [(2, "system_failure"), (3, "normal")]
    said = json.loads(tocsin("analyze", log, *ENGINES, "--only", "system_failure", "--output", "json").stdout)
    assert len(said["logs"]) == 1 and said["total_logs"] == 4
    assert said["summary"]["class_distribution"] == {"normal": 1, "security_anomaly": 2, "system_failure": 1}


def test_min_confidence_shows_what_is_as_sure_or_surer(log):
    sure = sorted(row["prediction"]["confidence"] for row in rows("analyze", log, *ENGINES))
    assert sure[0] < sure[-1]
    found = rows("analyze", log, *ENGINES, "--min-confidence", str(sure[2]))
    assert sorted(row["prediction"]["confidence"] for row in found) == sure[2:]


def test_format_forces_the_log_type(log):
    assert {row["log_type"] for row in rows("analyze", log, *ENGINES)} == {"Linux", "OpenSSH"}
    assert {row["log_type"] for row in rows("analyze", log, *ENGINES, "--format", "HDFS")} == {"HDFS"}


@pytest.mark.parametrize("model", ["ml", "words", "lora", "ensemble"])
def test_the_named_model_answers(log, model):
    said = json.loads(tocsin("analyze", log, *ENGINES, "--model", model, "--output", "json").stdout)
    assert said["model_used"]["model_type"] == model.upper()
    assert class_names(said["logs"])[:2] == CLASSES[:2]


def test_color_paints_where_it_is_asked_for_and_is_else_the_same_text(log):
    plain = tocsin("analyze", log, *ENGINES).stdout
    painted = tocsin("analyze", log, *ENGINES, "--color", "always").stdout
    assert "\x1b" not in plain and "\x1b[35m" in painted and "\x1b[31m" in painted
    seconds = re.compile(r"[0-9.]+ s, ")
    assert seconds.sub("", re.sub(r"\x1b\[\d*m", "", painted)) == seconds.sub("", plain)
    assert "\x1b" not in tocsin("analyze", log, *ENGINES, "--color", "never").stdout


def test_the_table_has_a_row_a_line_and_sums_up(log):
    lines = tocsin("analyze", log, *ENGINES, "--output", "table").stdout.splitlines()
    assert lines[0].split() == ["LINE", "CLASS", "CONF", "LOG", "TYPE", "CONTENT", "TEMPLATE"]
    assert [line.split()[:2] for line in lines[1:5]] == [[str(n), name] for n, name in enumerate(CLASSES, 1)]
    assert lines[6].startswith("4 lines by XGBoost (ml)")
    assert "anomaly rate 75.0 %" in lines[-1]


def test_csv_holds_what_json_holds_and_lines_as_they_are(log):
    found = rows("analyze", log, *ENGINES)
    run = tocsin("analyze", log, *ENGINES, "--output", "csv")
    table = list(csv.DictReader(io.StringIO(run.stdout, newline="")))
    assert [row["raw"] for row in table] == LOG.splitlines()
    for row, other in zip(table, found, strict=True):
        assert (int(row["line"]), row["class_name"]) == (other["line"], other["prediction"]["class_name"])
        assert float(row["confidence"]) == pytest.approx(other["prediction"]["confidence"])
        assert row["template"] == other["template"] and row["template_id"] == other["template_id"]


class Page(html.parser.HTMLParser):
    """The cells of a page's table rows, and every element's name."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.rows = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag == "td":
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "td" in self.open:
            self.rows[-1][-1] += data


def test_html_is_one_page_that_asks_nobody_and_holds_lines_as_text(log):
    page = Page(tocsin("analyze", log, *ENGINES, "--output", "html").stdout)
    assert page.open == []
    assert [row[1] for row in page.rows if row] == CLASSES
    assert '"a, b" <c>' in page.rows[4][5]
    assert not {"script", "link", "img", "iframe", "c"} & {tag for tag, _ in page.elements}
    assert not any("://" in (value or "") for _, attributes in page.elements for value in attributes.values())


@pytest.mark.parametrize(("options", "code"), [
    (["--fail-on", "security_anomaly"], 3),
    (["--fail-on", "hardware_issue", "--fail-on", "system_failure"], 3),
    (["--fail-on", "hardware_issue"], 0),
    (["--fail-on", "security_anomaly", "--only", "system_failure"], 0),  # it counts what is shown
])
def test_fail_on_makes_the_exit_code_say_that_a_class_was_shown(log, options, code):
    run = tocsin("analyze", log, *ENGINES, *options)
    assert run.returncode == code, run.stderr
    assert run.stderr == "" and "4 lines" in run.stdout


def test_standard_input_is_read_like_the_file(log):
    def without_time(found):
        return [{name: value for name, value in row.items() if name != "timestamp"} for row in found]

    assert without_time(rows("analyze", "-", *ENGINES, input=LOG)) == without_time(rows("analyze", log, *ENGINES))


def test_a_pattern_names_its_files_and_rows_say_which(tmp_path):
    for name, line in zip(["b.log", "a.log", "c.txt"], LOG.splitlines()):
        (tmp_path / name).write_text(line + "\n")
    found = rows("analyze", tmp_path / "*.log", *ENGINES)
    assert [(row["file"], row["line"]) for row in found] == [(str(tmp_path / "a.log"), 1), (str(tmp_path / "b.log"), 1)]
    assert class_names(found) == ["system_failure", "security_anomaly"]


def test_of_several_files_one_that_is_not_there_is_told_and_the_others_are_read(tmp_path, log):
    run = tocsin("analyze", tmp_path / "none.log", log, *ENGINES, "--output", "ndjson", "--fail-on", "security_anomaly")
    assert run.returncode == 1
    assert run.stderr == f"Error: cannot read '{tmp_path / 'none.log'}': No such file or directory\n"
    assert class_names(map(json.loads, run.stdout.splitlines())) == CLASSES
