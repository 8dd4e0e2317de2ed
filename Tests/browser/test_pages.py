"""Every page, over the real services: reachable, readable by all, at every width; screenshots are kept to be looked at."""
import pytest
from axe_playwright_python.sync_playwright import Axe

from logs import SAMPLE, ssh_log
from page import ask

PAGES = ["Analyse", "Templates", "Compare", "Models", "Health"]
LOG = SAMPLE + ssh_log(120)


def test_every_page_opens_by_its_address(open_page):
    page = open_page()
    for name in PAGES:
        page.open(f"#/{name.lower()}")
        assert page.tab.title() == f"{name} · Tocsin"
        assert page.tab.locator(".rail [aria-current=page]").get_attribute("title") == name
    page.open("#/no-such-page")
    assert page.tab.title() == "Analyse · Tocsin"


def test_a_page_without_lines_says_what_to_do(page):
    page.open("#/templates")
    page.tab.get_by_role("link", name="Analyse a log").click()
    page.tab.get_by_label("Log lines").wait_for()


@pytest.mark.parametrize("width, scheme", [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")])
def test_pages_meet_wcag_and_are_photographed(open_page, screenshots, width, scheme):
    page = open_page(width, 1000 if width > 800 else 844, scheme)
    page.open()
    shoot(page, screenshots, "start", width, scheme)
    page.analyse(LOG)
    for name in PAGES:
        page.visit(name)
        page.tab.wait_for_timeout(300)
        if name == "Analyse":
            page.tab.locator("#line-14").click()
            page.tab.locator(".detail").wait_for()
            shoot(page, screenshots, "line", width, scheme)
            page.tab.keyboard.press("Escape")
        shoot(page, screenshots, name.lower(), width, scheme)


def shoot(page, screenshots, name, width, scheme):
    page.tab.screenshot(path=screenshots / f"{name}-{width}-{scheme}.png")
    if width < 800 and scheme == "dark":
        return  # the same layout and the same colours have been judged by then
    found = Axe().run(page.tab, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    violations = [(each["id"], [node["target"] for node in each["nodes"]][:4]) for each in found.response["violations"]]
    assert violations == [], f"{name} at {width} px, {scheme}"


def test_nothing_is_wider_than_the_smallest_screen(open_page):
    page = open_page(360, 740)
    page.analyse(LOG + ["one-word-" + "x" * 3000])
    for name in PAGES:
        page.visit(name)
        page.tab.wait_for_timeout(150)
        wide = page.tab.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, f"{name} is {wide} px wide"


def test_the_theme_is_kept(page):
    page.open()
    page.tab.get_by_role("button", name="Theme: system").click()
    page.tab.get_by_role("button", name="Theme: light").click()
    page.tab.reload()
    page.tab.get_by_role("button", name="Theme: dark").wait_for()
    assert page.tab.evaluate("getComputedStyle(document.body).colorScheme || document.documentElement.dataset.theme") == "dark"


def test_models_have_the_figures_that_the_server_gives(page, base):
    page.open("#/models")
    for model in ask(base, "/v1/models")["models"]:
        card = page.tab.locator(".card").filter(has=page.tab.locator("code", has_text=model["name"])).inner_text()
        assert model["algorithm"] in card and model["version"] in card
        assert model["macro_f1"] is None or f"{model['macro_f1']:.3f}" in card
        assert ("active" in card) == model["active"]


def test_health_says_what_the_server_says_of_its_tiers(page, base):
    page.analyse(SAMPLE)
    page.visit("Health")
    page.tab.get_by_text("All tiers answer").wait_for()
    for tier in ask(base, "/v1/status")["tiers"]:
        tile = page.tab.locator(".tile").filter(has=page.tab.get_by_role("heading", name=tier["tier"])).inner_text()
        assert all(text in tile for text in [*tier["replicas"], tier["version"], "Answers in", "half within"])
        assert all(model["algorithm"] in tile for model in tier["models"])


def test_a_tier_that_is_away_is_named(open_page, start_edge, tiers):
    nobody = start_edge(*tiers, "--embedding", "127.0.0.1:1")
    page = open_page(at=nobody)
    page.allowed = ["Failed to load resource"]
    page.open("#/health")
    page.tab.get_by_text("Part of the system is away").wait_for(timeout=20_000)
    tile = page.tab.locator(".tile", has_text="embedding")
    assert "does not answer" in tile.inner_text()
