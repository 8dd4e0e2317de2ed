"""Models: what the server says of each, and what each makes of the same lines."""
import json
import shutil
import subprocess
from collections import Counter

import pytest
from axe_playwright_python.sync_playwright import Axe

from logs import SAMPLE, ssh_log
from page import ask
from places import MODELS, PROGRAMS
from test_analyse import LABELS
from test_pages import RULES

LOG = SAMPLE + ssh_log(40)


@pytest.fixture(scope="module")
def two_models(start, start_edge, tiers, tmp_path_factory):
    """An edge over two models: the shipped one with its measured figures, and it again under another name, less sure of
    everything and measured by nobody."""
    models = tmp_path_factory.mktemp("models")
    shutil.copytree(MODELS / "templates", models / "templates")
    shutil.copytree(MODELS / "ml", models / "ml")
    subprocess.run([PROGRAMS / "tocsin", "train", "figures", "--output", models], check=True, stdout=subprocess.PIPE)
    shutil.copytree(models / "ml", models / "ensemble")
    manifest = models / "ensemble" / "manifest.json"
    other = json.loads(manifest.read_text()) | {"name": "ensemble", "temperature": 3.0}
    del other["files"]["evaluation.json"]
    manifest.write_text(json.dumps(other))
    classifier = start("classifier", "--models", models)
    return start_edge(*tiers, "--classifier", f"127.0.0.1:{classifier.port}")


def test_cards_have_the_figures_that_the_server_gives(open_page, two_models):
    page = open_page(at=two_models).open("#/models")
    answer = ask(two_models, "/v1/models")["models"]
    page.tab.locator(".card").first.wait_for()
    assert page.tab.locator(".card").count() == len(answer) == 2
    for model in answer:
        card = page.tab.locator(".card").filter(has=page.tab.get_by_text(model["name"], exact=True)).inner_text()
        assert model["algorithm"] in card and model["version"] in card
        assert model["macro_f1"] is None or f"{model['macro_f1']:.3f}" in card
        assert ("active" in card) == model["active"]


@pytest.mark.parametrize("width", [1440, 360])
def test_a_card_draws_what_was_measured_under_each_protocol(open_page, two_models, screenshots, width):
    page = open_page(width, at=two_models).open("#/models")
    ml, unmeasured = ask(two_models, "/v1/models")["models"]
    assert "evaluation" not in unmeasured and set(ml["evaluation"]) == {"S", "T"}
    card = page.tab.get_by_role("region", name="Model ML")
    assert page.tab.get_by_role("region", name="Model Ensemble").locator("details").count() == 0
    for name, title in (("T", "New messages"), ("S", "New systems")):
        figures = ml["evaluation"][name]
        low, high = figures["macro_f1_interval"]
        assert low < figures["macro_f1"] < high
        score = card.locator(".score").filter(has_text=title).inner_text()
        assert f"{figures['macro_f1']:.3f}" in score and f"{low:.3f} to {high:.3f}" in score
        card.get_by_text(f"{title}: what is taken for what").click()
        rows = card.get_by_role("region", name=f"Confusion matrix: {title}").locator("tbody tr").all()
        shown = [[int(cell.replace("·", "0").replace(",", "")) for cell in row.locator("td").all_inner_texts()]
                 for row in rows]
        assert shown == figures["confusion"] and sum(map(sum, shown)) == figures["templates"] == 1363
        label = card.get_by_role("img", name=f"Calibration, {title}").get_attribute("aria-label")
        assert label.count("verdicts") == len(figures["reliability"])
        assert sum(each["count"] for each in figures["reliability"]) == figures["templates"]
    page.tab.screenshot(path=screenshots / f"measured-{width}.png", full_page=True)
    assert page.tab.evaluate("document.documentElement.scrollWidth") <= width
    assert [each["id"] for each in Axe().run(page.tab, options={"runOnly": RULES}).response["violations"]] == []


def test_models_are_compared_on_the_pasted_lines(open_page, two_models):
    page = open_page(at=two_models)
    page.analyse(LOG)
    page.visit("Models")
    page.tab.get_by_role("button", name=f"Judge {len(LOG)} lines with 2 models").click()
    page.tab.get_by_role("heading", name=f"{len(LOG)} lines, every model").wait_for()
    page.tab.get_by_text("all agree on 100 %").wait_for()
    for name, label in (("ml", "ML"), ("ensemble", "Ensemble")):
        rows = ask(two_models, f"/v1/logs:analyze?model={name}", {"logs": LOG})["results"]
        shown = page.tab.get_by_role("list", name=f"Lines by class, {label}").get_by_role("listitem").all_inner_texts()
        counts = {row.split("\n")[0]: int(row.split("\n")[1]) for row in shown}
        expected = Counter(LABELS[row["prediction"]["class_name"]] for row in rows)
        assert {each: n for each, n in counts.items() if n} == expected
    assert page.tab.get_by_text("sure on average").count() == 2


def test_every_shipped_model_judges_the_pasted_lines(page, base):
    # So vague that six models will hardly agree on all of them.
    vague = ["something odd happened, carrying on", "cache nearly full, evicting", "session closed unexpectedly"]
    log = LOG + [f"Mar  3 10:11:12 host app[12]: {message}" for message in vague]
    names = [model["name"] for model in ask(base, "/v1/models")["models"]]
    assert names == ["ml", "words", "lora", "dann", "hybrid", "ensemble"]
    page.analyse(log)
    page.visit("Models")
    page.tab.get_by_role("button", name=f"Judge {len(log)} lines with {len(names)} models").click()
    page.tab.get_by_role("heading", name=f"{len(log)} lines, every model").wait_for()
    assert page.tab.get_by_text("sure on average").count() == len(names)
    assert page.tab.get_by_text("Where they disagree").is_visible()


def test_lines_on_which_models_disagree_are_found(page):
    page.open()
    found = page.module("/js/data/agreement.js", """(m) => {
        const of = (...numbers) => numbers.map((n) => n === null ? null : { classNumber: n, confidence: 0.5 });
        return m.agreementOf([of(0, 1, 2, null), of(0, 1, 3, null), of(0, 1, 2, 4)]);
    }""")
    assert found["disputed"] == [2, 3] and found["agreed"] == 0.5
    assert [model["trouble"] for model in found["byModel"]] == [2, 2, 3]
