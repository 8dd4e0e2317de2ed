"""An edge with API keys: the page asks for one, once, and says why where it is refused."""
import subprocess

import pytest

from logs import SAMPLE
from places import PROGRAMS


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """A file of keys, and the one key in it."""
    file = tmp_path_factory.mktemp("keys") / "keys.json"
    add = [PROGRAMS / "tocsin-edge", "keys", "add", "--file", file, "--name", "page"]
    return file, subprocess.run(add, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture(scope="module")
def guarded(start_edge, tiers, keys):
    return start_edge(*tiers, "--keys", keys[0])


def test_the_key_is_asked_for_once_and_kept_for_the_tab(open_page, guarded, keys):
    page = open_page(at=guarded)
    page.allowed = ["401"]
    page.open()
    dialog = page.tab.get_by_role("dialog", name="Sign in")
    dialog.get_by_label("API key").fill("tocsin_00000000_wrong")
    dialog.get_by_role("button", name="Sign in").click()
    page.tab.get_by_text("The server refused this key").wait_for()
    dialog = page.tab.get_by_role("dialog", name="Sign in")
    dialog.get_by_label("API key").fill(keys[1])
    dialog.get_by_role("button", name="Sign in").click()
    page.tab.get_by_label("Log lines").fill("\n".join(SAMPLE))
    page.tab.get_by_role("button", name="Analyse", exact=True).click()
    page.finished()
    assert page.shown() == f"{len(SAMPLE)} lines"
    page.visit("Health")
    page.tab.get_by_text("All tiers answer").wait_for()
    assert page.tab.get_by_role("dialog").count() == 0
    assert keys[1] not in page.tab.url and page.tab.evaluate("localStorage.length") == 1  # the theme
    page.tab.get_by_role("button", name="Sign out").click()
    page.tab.get_by_role("dialog", name="Sign in").wait_for()


def test_who_gives_no_key_is_told_what_is_missing(open_page, guarded):
    page = open_page(at=guarded)
    page.allowed = ["401"]
    page.open()
    page.tab.get_by_role("dialog").get_by_role("button", name="Not now").click()
    page.tab.get_by_label("Log lines").fill(SAMPLE[0])
    page.tab.get_by_role("button", name="Analyse", exact=True).click()
    page.tab.get_by_role("dialog").get_by_role("button", name="Not now").click()
    page.tab.get_by_role("alert").get_by_text("API key").wait_for()
