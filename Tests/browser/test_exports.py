"""What is exported is what is shown, and parses back to what the edge said."""
import csv
import io
import json

import pytest

from logs import HOSTILE, SAMPLE
from page import ask


@pytest.fixture
def answer(base):
    return ask(base, "/api/predict", {"logs": SAMPLE, "include_templates": True})["logs"]


def same(row, expected):
    assert row["raw"] == expected["raw"]
    assert row["log_type"] == expected["log_type"]
    assert row["parsed_content"] == expected["parsed_content"]
    assert row["prediction"]["class_name"] == expected["prediction"]["class_name"]
    assert row["prediction"]["probabilities"] == pytest.approx(expected["prediction"]["probabilities"], abs=1e-6)
    assert row["prediction"]["confidence"] == pytest.approx(expected["prediction"]["confidence"], abs=1e-6)


def test_ndjson_holds_every_row(page, answer):
    page.analyse(SAMPLE)
    rows = [json.loads(line) for line in page.export("ndjson").splitlines()]
    assert [row["line"] for row in rows] == list(range(1, len(SAMPLE) + 1))
    for row, expected in zip(rows, answer, strict=True):
        same(row, expected)


def test_json_holds_rows_and_summary_of_what_is_filtered(page, answer):
    page.analyse(SAMPLE)
    page.class_bar("Security").click()
    exported = json.loads(page.export("json"))
    expected = [row for row in answer if row["prediction"]["class_name"] == "security_anomaly"]
    assert exported["total_logs"] == len(expected)
    assert exported["filter"] == "class security_anomaly"
    assert exported["summary"] == {
        "class_distribution": {"security_anomaly": len(expected)},
        "log_type_distribution": {name: sum(row["log_type"] == name for row in expected)
                                  for name in {row["log_type"] for row in expected}},
        "anomaly_rate": 1,
    }
    for row, each in zip(exported["logs"], expected, strict=True):
        same(row, each)


def test_csv_parses_back_and_no_cell_is_a_formula(page, base):
    lines = SAMPLE + HOSTILE[:5]
    answer = ask(base, "/api/predict", {"logs": lines, "include_templates": True})["logs"]
    page.analyse(lines)
    rows = list(csv.DictReader(io.StringIO(page.export("csv"), newline="")))
    for row, expected in zip(rows, answer, strict=True):
        raw = row["raw"][1:] if row["raw"].startswith("'") else row["raw"]
        assert raw == expected["raw"]
        assert row["class_name"] == expected["prediction"]["class_name"]
        assert float(row["confidence"]) == pytest.approx(expected["prediction"]["confidence"], abs=1e-6)
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


def test_the_incident_note_counts_what_is_shown_and_quotes_without_markup(page, answer):
    lines = SAMPLE + HOSTILE[:5]
    page.analyse(lines)
    note = page.export("md")
    assert f"{page.tab.locator('.verdict-headline').inner_text()}." in note
    table = {cells[1].strip(): int(cells[2]) for cells in (line.split("|") for line in note.splitlines())
             if len(cells) == 5 and cells[2].strip().isdigit() and cells[1].strip().islower()}
    assert sum(table.values()) == len(lines)
    for row in answer:
        if row["prediction"]["class_name"] == "hardware_issue":
            assert row["template"][:40] in note
    quoted = [line for line in note.splitlines() if "<script>" in line or "<img" in line]
    assert quoted and all("`" in line.split("<")[0] for line in quoted)


def test_templates_export_the_lines_of_the_filter(page):
    page.analyse(SAMPLE)
    page.visit("Templates")
    page.tab.get_by_role("button", name="Exclude").first.click()
    page.tab.locator(".chip").first.wait_for()
    assert len(page.export("ndjson").splitlines()) == len(SAMPLE) - 1


@pytest.fixture
def compared(page, base):
    """Two logs on the page, and what the edge says of them."""
    page.open("#/compare")
    page.tab.get_by_label("Lines before").fill("\n".join(SAMPLE))
    after = SAMPLE[1:] + HOSTILE[:5] * 3
    page.tab.get_by_label("Lines after").fill("\n".join(after))
    page.tab.get_by_role("button", name="Compare", exact=True).click()
    page.tab.locator(".change").first.wait_for()
    return ask(base, "/v1/compare", {"before": SAMPLE, "after": after})["changes"]


def test_changes_are_exported_as_the_edge_gave_them(page, compared):
    assert [json.loads(line)["template"] for line in page.export("ndjson").splitlines()] == [
        each["template"] for each in compared]
    exported = json.loads(page.export("json"))
    assert exported["filter"] is None and exported["before"]["lines"] == len(SAMPLE)
    assert [each["before"] for each in exported["changes"]] == [each["before"] for each in compared]
    rows = list(csv.DictReader(io.StringIO(page.export("csv"), newline="")))
    assert [(row["change"], int(row["after"])) for row in rows] == [(each["change"], each["after"]) for each in compared]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_changes_are_exported_with_their_filter_and_quoted_in_a_note(page, compared):
    page.tab.get_by_role("button", name="New", exact=False).first.click()
    page.tab.wait_for_url("**change=new**")
    new = [each for each in compared if each["change"] == "new"]
    exported = json.loads(page.export("json"))
    assert exported["filter"] == "new" and len(exported["changes"]) == len(new) < len(compared)
    note = page.export("md")
    assert f"**Changed templates**: {len(new)}, only new" in note
    quoted = [line for line in note.splitlines() if "<script>" in line or "<img" in line]
    assert quoted and all("`" in line.split("<")[0] for line in quoted)
