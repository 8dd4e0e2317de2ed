"""Templates: the kinds of message in a log, how many lines each has, since when and until when."""
from collections import Counter

from logs import ssh_log
from page import ask

LOG = ssh_log(90) + ["Apr 15 18:00:00 gate kernel: sda: I/O error, sector 88120334"] * 3


def rows(page):
    return page.tab.locator(".template-row")


def test_templates_are_counted_as_the_server_names_them(page, base):
    answer = ask(base, "/v1/logs:analyze", {"logs": LOG})["results"]
    page.analyse(LOG)
    page.visit("Templates")
    rows(page).first.wait_for()
    templates = Counter(row["template"] for row in answer)
    classes = {row["template"]: row["prediction"]["class_name"].split("_")[0] for row in answer}
    times = {text: sorted(row["timestamp"][11:19] for row in answer if row["template"] == text) for text in templates}
    assert rows(page).count() == len(templates)
    for row in rows(page).all():
        text = row.locator("summary").inner_text()
        shown = row.inner_text().lower()
        assert str(templates[text]) in shown and classes[text] in shown
        assert times[text][0] in shown and times[text][-1] in shown
        assert row.locator(".sparkline rect").count() > 1


def test_samples_lead_to_their_lines(page):
    page.analyse(LOG)
    page.visit("Templates")
    rows(page).filter(has_text="I/O error").locator("summary").click()
    page.tab.get_by_role("link", name="line 91").click()
    page.tab.get_by_role("complementary", name="Line 91").wait_for()
    assert page.shown() == "3 of 93 lines"


def test_a_template_is_included_or_excluded_and_the_address_holds_it(page):
    page.analyse(LOG)
    page.visit("Templates")
    page.tab.get_by_role("button", name="Include: Failed password").click()
    page.tab.locator(".chip", has_text="Failed password").wait_for()
    assert "template=Failed" in page.tab.url
    page.visit("Analyse")
    assert page.shown() == "45 of 93 lines"
    page.visit("Templates")
    page.tab.get_by_role("button", name="Exclude: Failed password").click()
    page.tab.locator(".chip", has_text="not: Failed password").wait_for()
    page.visit("Analyse")
    assert page.shown() == "48 of 93 lines"


def test_templates_can_be_ordered_by_how_late_they_came(page):
    page.analyse(LOG)
    page.visit("Templates")
    page.tab.get_by_label("Order").select_option("first")
    page.tab.wait_for_timeout(200)
    assert "I/O error" in rows(page).first.inner_text() and "order=first" in page.tab.url
