"""Every page, over the real services: reachable, readable by all, at every width; screenshots are kept to be looked at."""
import threading
import time

import pytest
from axe_playwright_python.sync_playwright import Axe

from logs import SAMPLE, ssh_log
from page import ask

PAGES = ["Analyse", "Templates", "Compare", "Models", "Health"]
LOG = SAMPLE + ssh_log(120)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_pages_meet_wcag_and_are_photographed(open_page, screenshots, width, scheme):
    page = open_page(width, 1000 if width > 800 else 780, scheme)

    def look(name):
        page.tab.wait_for_timeout(300)
        page.tab.screenshot(path=screenshots / f"{name}-{width}-{scheme}.png")
        found = Axe().run(page.tab, options={"runOnly": RULES})
        wrong = [(each["id"], [node["target"] for node in each["nodes"]][:4]) for each in found.response["violations"]]
        assert wrong == [], f"{name} at {width} px, {scheme}"

    page.open()
    look("start")
    page.analyse(LOG)
    look("analyse")
    page.tab.locator("#line-14").click()
    page.tab.get_by_role("region", name="Explanation").get_by_role("heading", name="Why").wait_for()
    look("line")
    page.tab.keyboard.press("Escape")
    page.class_bar("Security").click()
    page.tab.get_by_role("button", name="Export").click()
    look("filtered")
    page.visit("Templates")
    page.tab.locator(".template-row summary").first.click()
    look("templates")
    page.visit("Compare")
    page.tab.get_by_label("Lines before").fill("\n".join(LOG[:90]))
    page.tab.get_by_label("Lines after").fill("\n".join(LOG[60:]))
    page.tab.get_by_role("button", name="Compare", exact=True).click()
    page.tab.locator(".change").first.wait_for()
    look("compare")
    page.visit("Models")
    page.tab.locator(".card").first.wait_for()
    look("models")
    page.visit("Health")
    page.tab.get_by_text("All tiers answer").wait_for()
    look("health")


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


def test_health_says_what_the_server_says_of_its_tiers(page, base):
    page.analyse(SAMPLE)
    page.visit("Health")
    page.tab.get_by_text("All tiers answer").wait_for()
    status = ask(base, "/v1/status")
    caches = page.tab.get_by_role("region", name="Caches").get_by_role("listitem").all_inner_texts()
    assert len(caches) == len(status["caches"])
    for shown, cache in zip(caches, status["caches"].values(), strict=True):
        assert f"{cache['hits'] + cache['misses']:,} look-up" in shown and f"{cache['entries']:,} kept" in shown
    for tier in status["tiers"]:
        tile = page.tab.locator(".tile").filter(has=page.tab.get_by_role("heading", name=tier["tier"])).inner_text()
        assert all(text in tile for text in [*tier["replicas"], tier["version"], "Answers in", "half within"])
        assert all(model["algorithm"] in tile for model in tier["models"])
        queues = [each["queue"] for each in tier["connections"] if "queue" in each]
        assert len(queues) == (1 if tier["tier"] == "embedding" else 0)
        assert tile.count("queue: empty") == len(queues)


def test_health_shows_what_waits_in_a_queue(open_page, start, start_edge, tiers):
    embedding = start("embedding", "--max-batch-wait", "4s")
    at = start_edge(*tiers, "--embedding", f"127.0.0.1:{embedding.port}")
    page = open_page(at=at).open("#/health")
    tile = page.tab.locator(".tile").filter(has=page.tab.get_by_role("heading", name="embedding"))
    tile.get_by_text("idle · queue: empty").wait_for()
    waiting = threading.Thread(target=ask, args=(at, "/api/predict", {"logs": ["one text", "and another"]}))
    waiting.start()
    time.sleep(1)
    page.tab.reload()
    tile.get_by_text("1 call under way · queue: 2 texts waiting, 1 call").wait_for(timeout=3_000)
    waiting.join()
    tile.get_by_text("idle · queue: empty").wait_for(timeout=20_000)


def test_a_tier_that_is_away_is_named(open_page, start_edge, tiers):
    nobody = start_edge(*tiers, "--embedding", "127.0.0.1:1")
    page = open_page(at=nobody)
    page.allowed = ["Failed to load resource"]
    page.open("#/health")
    page.tab.get_by_text("Part of the system is away").wait_for(timeout=20_000)
    tile = page.tab.locator(".tile", has_text="embedding")
    assert "does not answer" in tile.inner_text()


def test_a_tier_that_is_away_is_waited_for_and_named(open_page, start_edge, tiers):
    page = open_page(at=start_edge(*tiers, "--embedding", "127.0.0.1:1"))
    page.allowed = ["Failed to load resource"]
    page.open()
    page.tab.get_by_label("Log lines").fill("\n".join(SAMPLE))
    page.tab.get_by_role("button", name="Analyse", exact=True).click()
    waiting = page.tab.locator(".run-waiting")
    waiting.get_by_text("Trying again in 5 seconds").wait_for(timeout=30_000)
    assert "embedding" in waiting.inner_text()
    page.tab.get_by_role("button", name="Cancel").click()
    page.tab.get_by_text("cancelled: what arrived").wait_for()
    page.visit("Compare")
    for label in ("Lines before", "Lines after"):
        page.tab.get_by_label(label).fill("\n".join(SAMPLE))
    page.tab.get_by_role("button", name="Compare", exact=True).click()
    notice = page.tab.get_by_role("alert").filter(has_text="The comparison failed")
    notice.wait_for(timeout=30_000)
    assert "embedding" in notice.inner_text() and "in 5 seconds" in notice.inner_text()
    notice.get_by_role("link", name="see Health").click()
    page.tab.get_by_text("Part of the system is away").wait_for(timeout=20_000)


def test_the_page_goes_on_where_an_address_names_what_later_pages_hold(page):
    page.open("#/analyse/17/lines?class=security_anomaly")
    assert page.tab.title() == "Analyse · Tocsin"
    place = page.module("/js/part/router.js", "(m) => { const p = m.placeOf(location.hash); return [p.page, p.things]; }")
    assert place == ["analyse", ["17", "lines"]]


@pytest.mark.parametrize("name", PAGES)
def test_every_control_is_reached_by_tab_and_shows_that_it_is(page, name):
    page.analyse(SAMPLE[:6])
    page.visit(name)
    page.tab.locator(".card, .tile, .lines-row, .template-row, .log-box").first.wait_for()
    page.tab.evaluate("document.activeElement.blur()")
    for _ in range(len(missed(page)) + 4):
        page.tab.keyboard.press("Tab")
        outline = page.tab.evaluate("""() => {
            const e = document.activeElement;
            e.dataset.met = '';
            return e === document.body ? 2 : parseFloat(getComputedStyle(e).outlineWidth);
        }""")
        assert outline >= 2, page.tab.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    assert missed(page) == []


def missed(page):
    """The controls in sight that have not had the focus."""
    return page.tab.evaluate("""() => {
        const all = document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]');
        return [...all].filter((e) => e.checkVisibility() && !e.disabled && e.tabIndex >= 0 && !('met' in e.dataset))
            .map((e) => e.outerHTML.slice(0, 90));
    }""")
