"""Compare: what changed between two logs, by how much, and how surely."""
import os

import pytest

from logs import ssh_log
from page import ask

BEFORE = ssh_log(200, failures_after=0.9)
AFTER = ssh_log(200, failures_after=0.4) + ["Apr 15 18:00:00 gate kernel: sda: I/O error, sector 88120334"] * 12


def compare(page, before, after):
    page.open("#/compare")
    page.tab.get_by_label("Lines before").fill("\n".join(before))
    page.tab.get_by_label("Lines after").fill("\n".join(after))
    page.tab.get_by_role("button", name="Compare", exact=True).click()
    page.tab.locator(".tiles").wait_for()
    return [row.inner_text() for row in page.tab.locator(".change").all()]


def test_new_grown_and_shrunk_templates_are_ranked_with_class_and_chance(page):
    rows = compare(page, BEFORE, AFTER)
    kinds = [row.split("\n")[0] for row in rows]
    assert sorted(kinds) == ["Grown", "New", "Shrunk"]
    new = rows[kinds.index("New")]
    assert "I/O error" in new and "Hardware" in new and "12" in new
    grown = rows[kinds.index("Grown")]
    assert "Failed password" in grown and "Security" in grown
    assert "p < 10⁻¹²" in grown
    page.tab.get_by_role("button", name="New", exact=False).first.click()
    assert page.tab.locator(".change").count() == 1 and "change=new" in page.tab.url


def test_a_log_compared_with_itself_has_no_difference(page):
    assert compare(page, BEFORE, BEFORE) == []
    page.tab.get_by_text("No difference").wait_for()


def test_a_template_that_is_no_more_is_gone(page):
    rows = compare(page, AFTER, BEFORE)
    assert any(row.startswith("Gone") and "I/O error" in row for row in rows)


def test_the_ranking_is_the_servers(page, base):
    answer = ask(base, "/v1/compare", {"before": BEFORE, "after": AFTER})
    rows = compare(page, BEFORE, AFTER)
    assert [row.split("\n")[0].lower() for row in rows] == [change["change"] for change in answer["changes"]]
    for row, change in zip(rows, answer["changes"], strict=True):
        assert change["template"] in row
        assert f"{change['before']:,}" in row and f"{change['after']:,}" in row


def test_files_are_compared_and_too_much_is_refused_with_what_to_do(page, tmp_path):
    page.open("#/compare")
    for box, lines in zip(page.tab.locator("input[type=file]").all(), (BEFORE, AFTER), strict=True):
        box.set_input_files({"name": "gate.log", "mimeType": "text/plain", "buffer": "\r\n".join(lines).encode()})
    page.tab.get_by_role("button", name="Compare", exact=True).click()
    page.tab.get_by_text("200 lines before, 212 after").wait_for()
    large = tmp_path / "large.log"
    large.touch()
    os.truncate(large, 49_000_000)
    for box in page.tab.locator("input[type=file]").all():
        box.set_input_files(large)
    page.tab.get_by_role("button", name="Compare", exact=True).click()
    page.tab.get_by_role("alert").get_by_text("Cut them to the hours in question").wait_for()


def test_logs_are_compared_beyond_what_other_requests_may_hold(page, base, tmp_path):
    lines = int(ask(base, "/v1/limits")["max_lines"]) + 500
    page.open("#/compare")
    for box, failures_after in zip(page.tab.locator("input[type=file]").all(), (0.9, 0.4), strict=True):
        file = tmp_path / f"{failures_after}.log"
        file.write_text("\n".join(ssh_log(lines, failures_after)))
        box.set_input_files(file)
    page.tab.get_by_role("button", name="Compare", exact=True).click()
    page.tab.get_by_text(f"{lines:,} lines before, {lines:,} after").wait_for(timeout=60_000)


@pytest.mark.parametrize("p, text", [(1e-20, "< 10⁻¹²"), (4.2e-7, "≈ 4 · 10⁻⁷"), (0.0123, "= 0.012"), (1, "= 1.000")])
def test_a_chance_is_written_as_people_write_it(page, p, text):
    page.open()
    assert page.module("/js/data/format.js", "(m, p) => m.chance(p)", p) == text
