"""One tab on the page, and what a person does in it."""
import json
import re
import urllib.request


class Page:
    """Wraps a tab: it notes every console error, dialog and request, which `assert_quiet` judges."""

    def __init__(self, tab, base):
        self.tab = tab
        self.base = base
        self.errors = []
        self.requests = []
        self.allowed = []
        tab.on("console", lambda message: message.type == "error" and self.errors.append(message.text))
        tab.on("pageerror", lambda error: self.errors.append(str(error)))
        tab.on("dialog", lambda dialog: self.errors.append(f"dialog: {dialog.message}"))
        tab.on("request", lambda request: self.requests.append(request.url))

    def open(self, address="#/analyse"):
        self.tab.goto(f"{self.base}/{address}")
        self.tab.locator("main h1, main h2").first.wait_for()
        return self

    def visit(self, name):
        """Follows the link in the list of pages, so that the analysis stays."""
        self.tab.locator(f'.rail a[title="{name}"]').click()

    def analyse(self, lines):
        """Pastes lines and waits for all verdicts."""
        self.empty()
        self.tab.get_by_label("Log lines").fill("\n".join(lines))
        self.tab.get_by_role("button", name="Analyse", exact=True).click()
        return self.finished()

    def empty(self):
        """Opens Analyse with no log in it."""
        self.open()
        if self.tab.locator(".run").count():
            self.tab.get_by_role("button", name="Analyse another log").click()

    def analyse_file(self, name, content):
        self.empty()
        self.tab.set_input_files("input[type=file]", {"name": name, "mimeType": "text/plain", "buffer": content})
        self.tab.get_by_role("button", name="Analyse", exact=True).click()
        return self.finished()

    def finished(self):
        self.tab.locator(".run").wait_for()
        self.tab.locator(".run .progress").wait_for(state="hidden", timeout=60_000)
        self.tab.locator(".verdict-icon, .run .notice").first.wait_for()
        self.tab.wait_for_timeout(150)  # the last drawing is held back a little
        return self

    def bars(self, label):
        """What a chart of bars says: names to counts, without the empty ones."""
        rows = self.tab.get_by_role("list", name=label).get_by_role("button").all_inner_texts()
        cells = [re.split(r"\s*\n\s*|\s{2,}|\t", row.strip()) for row in rows]
        return {name: int(value.replace(",", "")) for name, value, *_ in cells if int(value.replace(",", ""))}

    def class_bar(self, name):
        return self.tab.get_by_role("list", name="Lines by class").get_by_role("button", name=name)

    def shown(self):
        # What was asked for last is drawn with one of the next frames.
        self.tab.wait_for_timeout(200)
        self.tab.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return self.tab.locator(".lines-tools > .actions > .muted").inner_text()

    def export(self, extension):
        self.tab.get_by_role("button", name="Export").click()
        with self.tab.expect_download() as download:
            self.tab.locator(f'[data-export="{extension}"]').click()
        return open(download.value.path(), encoding="utf-8", newline="").read()

    def module(self, path, body, argument=None):
        """Runs `body`, a function of the module at `path` and `argument`, in the page."""
        return self.tab.evaluate(
            f"async ([path, argument]) => {{ const m = await import(path); return await ({body})(m, argument); }}",
            [path, argument])

    def assert_quiet(self):
        assert [error for error in self.errors if not any(part in error for part in self.allowed)] == []
        outside = [url for url in self.requests if not url.startswith((self.base, "blob:"))]
        assert outside == [], "the page asked another server"


def ask(base, path, value=None):
    """The edge's own answer, which the page is compared with."""
    body = None if value is None else json.dumps(value).encode()
    request = urllib.request.Request(base + path, data=body, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as response:
        return json.load(response)
