"""The services behind the page, each started once, and a browser before it."""
import shutil

import pytest
from playwright.sync_api import sync_playwright

from page import Page
from places import ENCODER, MODELS, ROOT
from service import Service

SCREENSHOTS = ROOT / ".build" / "browser" / "screenshots"
ARGUMENTS = {
    "parser": ["--models", MODELS],
    "embedding": ["--encoder", ENCODER, "--models", MODELS],
    "classifier": ["--models", MODELS],
}


@pytest.fixture(scope="session")
def start(tmp_path_factory):
    """Starts a service, which is stopped at the end."""
    started = []

    def start(tier, *arguments):
        log = tmp_path_factory.mktemp(tier) / "log"
        started.append(Service(tier, log, *ARGUMENTS.get(tier, []), *arguments))
        return started[-1]

    yield start
    for service in reversed(started):
        service.stop()


@pytest.fixture(scope="session")
def tiers(start):
    """Where the three back tiers are, as an edge is told."""
    return [part for name in ARGUMENTS for part in (f"--{name}", f"127.0.0.1:{start(name).port}")]


@pytest.fixture(scope="session")
def start_edge(start):
    def start_edge(*arguments):
        edge = start("edge", "--http-port", "0", "--https-port", "0", *arguments)
        return f"http://127.0.0.1:{edge.logged('serving HTTP')['port']}"

    return start_edge


@pytest.fixture(scope="session")
def base(start_edge, tiers):
    """The address of an edge above all tiers."""
    return start_edge(*tiers)


@pytest.fixture(scope="session")
def browser():
    chromium = shutil.which("chromium")
    assert chromium, "no chromium on the PATH: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, base):
    """Opens a tab of a size and colour scheme; at the end no tab may have had an error or asked another server."""
    pages = []

    def open_page(width=1440, height=1000, scheme="light", at=None):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, accept_downloads=True,
            permissions=["clipboard-read", "clipboard-write"])
        page = Page(context.new_page(), at or base)
        pages.append((context, page))
        return page

    yield open_page
    for context, page in pages:
        page.assert_quiet()
        context.close()


@pytest.fixture
def page(open_page):
    return open_page()


@pytest.fixture(scope="session")
def screenshots():
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS
