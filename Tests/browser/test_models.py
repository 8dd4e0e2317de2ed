"""Models: what the server says of each, and what each makes of the same lines."""
import json
import shutil
from collections import Counter

import pytest

from logs import SAMPLE, ssh_log
from page import ask
from places import MODELS
from test_analyse import LABELS

LOG = SAMPLE + ssh_log(40)


@pytest.fixture(scope="module")
def two_models(start, start_edge, tiers, tmp_path_factory):
    """An edge over two models: the shipped one, and it again under another name and less sure of everything."""
    models = tmp_path_factory.mktemp("models")
    shutil.copytree(MODELS / "templates", models / "templates")
    for name in ("ml", "ensemble"):
        shutil.copytree(MODELS / "ml", models / name)
    manifest = models / "ensemble" / "manifest.json"
    other = json.loads(manifest.read_text()) | {"name": "ensemble", "temperature": 3.0}
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


def test_lines_on_which_models_disagree_are_found(page):
    page.open()
    found = page.module("/js/data/agreement.js", """(m) => {
        const of = (...numbers) => numbers.map((n) => n === null ? null : { classNumber: n, confidence: 0.5 });
        return m.agreementOf([of(0, 1, 2, null), of(0, 1, 3, null), of(0, 1, 2, 4)]);
    }""")
    assert found["disputed"] == [2, 3] and found["agreed"] == 0.5
    assert [model["trouble"] for model in found["byModel"]] == [2, 2, 3]
