"""Compare: what changed between two logs, by how much, and how surely."""
from math import erfc, log, sqrt

import pytest

from logs import ssh_log

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


@pytest.mark.parametrize("before, before_total, after, after_total", [(20, 200, 120, 212), (0, 200, 12, 212), (5, 90, 7, 100), (3, 9, 0, 1)])
def test_the_chance_is_that_of_the_likelihood_ratio(page, before, before_total, after, after_total):
    page.open()
    statistic, p = page.module("/js/data/comparison.js", "(m, table) => { const g = m.likelihoodRatio(...table); return [g, m.pValue(g)]; }",
                               [before, before_total, after, after_total])
    total = before_total + after_total
    cells = [(before, before_total, before + after), (after, after_total, before + after),
             (before_total - before, before_total, total - before - after), (after_total - after, after_total, total - before - after)]
    expected = 2 * sum(seen * log(seen * total / row / column) for seen, row, column in cells if seen)
    assert statistic == pytest.approx(expected)
    assert p == pytest.approx(erfc(sqrt(expected / 2)), rel=1e-6)
