"""Why a line has its verdict: what the server says of it, on the open line."""
import pytest

from logs import HOSTILE, SAMPLE
from page import ask


@pytest.fixture(autouse=True)
def explained(base):
    if "/v1/logs:explain" not in ask(base, "/openapi.json")["paths"]:
        pytest.skip("this edge does not explain verdicts")


def explanation(page):
    section = page.tab.get_by_role("region", name="Explanation")
    section.get_by_role("heading", name="Why").wait_for(timeout=30_000)
    return section


def asked(page):
    return sum("/v1/logs:explain" in url for url in page.requests)


def test_an_open_line_says_what_decided_its_verdict(page, base):
    why = ask(base, "/v1/logs:explain", {"logs": [SAMPLE[3]]})["explanations"][0]["explanation"]
    page.analyse(SAMPLE)
    page.tab.locator("#line-4").click()
    section = explanation(page)
    text = section.inner_text()
    assert why["sentence"] in text
    assert section.locator(".words .log-text > span").all_inner_texts() == [word["word"] for word in why["words"]]
    for group in why["groups"]:
        assert group["title"] in text and f"{abs(group['contribution']):.2f}" in text
    nearest = section.get_by_role("listitem").filter(has_text="alike").all_inner_texts()
    assert len(nearest) == len(why["nearest_templates"])
    for shown, known in zip(nearest, why["nearest_templates"], strict=True):
        assert known["template"] in shown and known["source"] in shown


def test_the_word_that_says_most_is_tinted_most(page, base):
    words = ask(base, "/v1/logs:explain", {"logs": [SAMPLE[3]]})["explanations"][0]["explanation"]["words"]
    page.analyse(SAMPLE)
    page.tab.locator("#line-4").click()
    shares = explanation(page).locator(".words .log-text > span").evaluate_all(
        "spans => spans.map((span) => Number(span.style.getPropertyValue('--share')))")
    contributions = [word["contribution"] for word in words]
    assert shares.index(max(shares)) == contributions.index(max(contributions))
    assert all(share == 0 for share, value in zip(shares, contributions, strict=True) if value <= 0)


def test_who_steps_through_lines_asks_for_the_one_that_they_stay_at_and_once(page):
    page.analyse(SAMPLE)
    page.tab.locator("#line-2").click()
    for _ in range(4):
        page.tab.keyboard.press("ArrowDown")
    explanation(page)
    page.tab.get_by_role("complementary", name="Line 6").wait_for()
    assert asked(page) <= 2  # that of the first line may have been asked for where the keys came late
    before = asked(page)
    page.tab.keyboard.press("Escape")
    page.tab.locator("#line-6").click()
    explanation(page)
    assert asked(page) == before


def test_the_words_of_a_hostile_line_are_inert(page):
    page.analyse(HOSTILE[:3])
    for line in (1, 2, 3):
        page.tab.locator(f"#line-{line}").click()
        page.tab.get_by_role("complementary", name=f"Line {line}").wait_for()
        text = explanation(page).inner_text()
        assert "\u202e" not in text
    assert page.tab.evaluate("window.broken") is None
    assert page.tab.evaluate("document.querySelectorAll('main script, main img').length") == 0
