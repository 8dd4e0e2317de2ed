"""A log is strangers' words: none of them becomes markup, script or a lie on the page."""
import pytest

from logs import HOSTILE


@pytest.mark.parametrize("name", ["Analyse", "Templates"])
def test_hostile_lines_are_inert_and_visible(page, name):
    page.analyse_file('<img src=x onerror="window.broken=4">.log', "\n".join(HOSTILE).encode())
    page.visit(name)
    page.tab.locator(".lines-row, .template-row").first.wait_for()
    assert page.tab.evaluate("window.broken") is None
    assert page.tab.evaluate("document.querySelectorAll('main script, main img, main [onload], main [onerror]').length") == 0
    text = page.tab.locator("main").inner_text()
    assert "<script>" in text and "onerror=" in text
    assert "\u202e" not in text and "\\u202e" in text, "a direction mark must be shown, not obeyed"


def test_hostile_lines_are_inert_in_a_comparison(page):
    page.open("#/compare")
    page.tab.get_by_label("Lines before").fill("all is well")
    page.tab.get_by_label("Lines after").fill("\n".join(line[:2000] for line in HOSTILE))
    page.tab.get_by_role("button", name="Compare", exact=True).click()
    page.tab.locator(".change summary").first.wait_for()
    for summary in page.tab.locator(".change summary").all():
        summary.click()
    assert page.tab.evaluate("window.broken") is None
    assert page.tab.evaluate("document.querySelectorAll('main script, main img').length") == 0
    assert "\u202e" not in page.tab.locator("main").inner_text()


def test_a_line_of_a_megabyte_is_cut_until_it_is_asked_for(page):
    page.analyse_file("long.log", "\n".join(HOSTILE).encode())
    page.tab.locator("#line-6").click()
    detail = page.tab.get_by_role("complementary", name="Line 6")
    assert len(detail.inner_text()) < 20_000
    detail.get_by_role("button", name="Show all").last.click()
    assert len(detail.inner_text()) > 900_000


def test_hostile_words_in_the_address_are_inert(page):
    page.open("#/analyse?q=<img src=x onerror=window.broken=5>&class=<b>,security_anomaly&line=-1e9&columns=x&from=abc")
    page.tab.get_by_label("Log lines").fill("\n".join(HOSTILE[:3]))
    page.tab.get_by_role("button", name="Analyse", exact=True).click()
    page.finished()
    assert page.tab.evaluate("window.broken") is None


def test_the_policy_lets_nothing_else_in(page):
    page.open()
    page.allowed = ["Content Security Policy", "Refused to", "TrustedHTML", "violates", "Fetch API cannot load"]
    assert page.tab.evaluate("""() => { try { document.body.innerHTML = '<b>x</b>'; return 'let in' } catch { return 'kept out' } }""") == "kept out"
    assert page.tab.evaluate("() => fetch('http://127.0.0.1:9/').then(() => 'let out', () => 'kept in')") == "kept in"
    page.requests = [url for url in page.requests if url.startswith(page.base)]
