"""`tocsin serve`: every tier in one process."""
import json
import subprocess
import urllib.request

import pytest

from places import ENCODER, MODELS, PROGRAMS


class Served:
    """The program, over a folder of models of its own."""

    def __init__(self, models):
        self.process = subprocess.Popen(
            [PROGRAMS / "tocsin", "serve", "--http-port", "0", "--models", models, "--encoder", ENCODER],
            stderr=subprocess.PIPE)
        for line in self.process.stderr:
            entry = json.loads(line) if line.startswith(b"{") else {}
            if entry.get("message") == "serving HTTP":
                self.address = f"http://127.0.0.1:{entry['port']}"
                return
        raise AssertionError(f"it ended with {self.process.wait()}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.stderr.close()
        assert self.process.wait(timeout=30) == 0

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def default_model(self):
        return self.ask("/available-models")["default_model"]


@pytest.fixture
def models(tmp_path):
    for part in ["templates", "ml", "words", "lora"]:
        (tmp_path / part).symlink_to(MODELS / part)
    return tmp_path


def test_lines_are_judged_and_a_switch_of_the_model_outlives_the_program(models):
    with Served(models) as served:
        assert served.default_model() == {"type": "ml", "variant": None}
        answer = served.ask("/api/predict", {"logs": ["sshd[1]: Failed password for root from 192.0.2.1"]})
        assert answer["total_logs"] == 1 and answer["logs"][0]["prediction"]["class_name"]
        served.ask("/api/models/switch", {"model_type": "bert", "bert_variant": "lora"})
        assert served.default_model() == {"type": "bert", "variant": "lora"}
    with Served(models) as served:
        assert served.default_model() == {"type": "bert", "variant": "lora"}
