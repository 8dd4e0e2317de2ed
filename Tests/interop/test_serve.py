"""`tocsin serve`: every tier in one process."""
import pytest

from calls import ask
from places import MODELS
from service import Served


@pytest.fixture
def models(tmp_path):
    for part in ["templates", "ml", "words", "lora"]:
        (tmp_path / part).symlink_to(MODELS / part)
    return tmp_path


def default_model(served):
    return ask(served.port, "GET", "/available-models")[1]["default_model"]


def test_lines_are_judged_and_a_switch_of_the_model_outlives_the_program(models):
    with Served(models / "log", models=models) as served:
        assert default_model(served) == {"type": "ml", "variant": None}
        logs = ["sshd[1]: Failed password for root from 192.0.2.1"]
        _, answer = ask(served.port, "POST", "/api/predict", {"logs": logs})
        assert answer["total_logs"] == 1 and answer["logs"][0]["prediction"]["class_name"]
        lora = {"model_type": "bert", "bert_variant": "lora"}
        assert ask(served.port, "POST", "/api/models/switch", lora)[0].status == 200
        assert default_model(served) == {"type": "bert", "variant": "lora"}
    with Served(models / "log", models=models) as served:
        assert default_model(served) == {"type": "bert", "variant": "lora"}
