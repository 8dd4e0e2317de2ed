"""A switch of the model over HTTP where the classifier has two replicas, which remember it each in a file."""
import time

import pytest

from calls import ask
from channels import channel
from command_line import tocsin
from conftest import ARGUMENTS
from places import CERTIFICATES
from service import Service
from tiers import CLASSIFIER
from tocsin.common.v1 import common_pb2

LOGS = {"logs": ["Apr 15 12:34:56 gate sshd[411]: Failed password for root from 192.0.2.7 port 52114 ssh2"]}


class Replica:
    """A classifier with its own memory of the active model."""

    def __init__(self, folder):
        self.folder = folder
        self.service = None
        self.start()

    def start(self):
        port = ["--port", str(self.service.port)] if self.service else []
        self.service = Service(
            "classifier", self.folder / "log", *ARGUMENTS["classifier"],
            "--activation-file", self.folder / "active-model", *port)

    def stop(self):
        assert self.service.stop() == 0

    @property
    def active(self):
        """Of its models, those that it says are active."""
        with channel(self.service.port) as connection:
            info = CLASSIFIER.make_stub(connection).Info(common_pb2.InfoRequest(), timeout=10)
        return [model.name for model in info.models if model.active]


@pytest.fixture
def replicas(tmp_path):
    folders = [tmp_path / "first", tmp_path / "second"]
    for folder in folders:
        folder.mkdir()
    replicas = [Replica(folder) for folder in folders]
    yield replicas
    for replica in replicas:
        replica.stop()


@pytest.fixture
def port(start_edge, replicas):
    """Of an edge above both."""
    edge = start_edge("--classifier", ",".join(f"127.0.0.1:{replica.service.port}" for replica in replicas))
    yield edge.http_port
    assert edge.stop() == 0


def switch(port, name):
    names = {"model_type": "ml"} if name == "ml" else {"model_type": "bert", "bert_variant": name}
    return ask(port, "POST", "/api/models/switch", names)


def models_used(port, calls=6):
    """By calls enough for both replicas to have their turns."""
    answers = [ask(port, "POST", "/api/predict", LOGS)[1] for _ in range(calls)]
    return {answer["model_used"]["model_name"] for answer in answers}


def test_both_replicas_take_the_new_model_and_keep_it_past_their_end(port, replicas):
    assert [replica.active for replica in replicas] == [["ml"], ["ml"]]
    before = models_used(port)
    answer, said = switch(port, "lora")
    assert (answer.status, said["default_model"]) == (200, {"type": "bert", "variant": "lora"})
    assert [replica.active for replica in replicas] == [["lora"], ["lora"]]
    after = models_used(port)
    assert len(before) == len(after) == 1 and before != after
    for replica in replicas:
        replica.stop()
        replica.start()
    assert [replica.active for replica in replicas] == [["lora"], ["lora"]]
    _, said = ask(port, "GET", "/available-models")
    assert said["default_model"] == {"type": "bert", "variant": "lora"}


def test_the_command_line_switches_one_and_goes_back(replicas):
    # As the edge, which the classifiers let in.
    there = ["--classifier", f"127.0.0.1:{replicas[0].service.port}"]
    for name, value in [("certificate", "edge.pem"), ("key", "edge.key"), ("ca", "ca.pem")]:
        there += [f"--tls-{name}", CERTIFICATES / value]
    run = tocsin("models", "activate", "lora", *there)
    assert (run.returncode, run.stdout) == (0, "lora answers now\n"), run.stderr
    assert [replica.active for replica in replicas] == [["lora"], ["ml"]]
    run = tocsin("models", "rollback", *there)
    assert (run.returncode, run.stdout) == (0, "ml answers again\n"), run.stderr
    assert [replica.active for replica in replicas] == [["ml"], ["ml"]]


def test_a_model_that_there_is_not_changes_no_replica(port, replicas):
    answer, problem = switch(port, "nonsense")
    assert (answer.status, problem["code"]) == (400, "unknown_bert_variant")
    assert [replica.active for replica in replicas] == [["ml"], ["ml"]]


def test_while_a_replica_is_away_no_other_one_is_switched(port, replicas):
    replicas[1].stop()
    answer, problem = switch(port, "lora")
    assert (answer.status, problem["code"], problem["tier"]) == (503, "tier_unavailable", "classifier")
    assert f"127.0.0.1:{replicas[1].service.port}" in problem["detail"]
    assert replicas[0].active == ["ml"]
    replicas[1].start()
    deadline = time.monotonic() + 30
    while switch(port, "lora")[0].status != 200:
        assert time.monotonic() < deadline, "the replica is back and the switch does not reach it"
        time.sleep(0.1)
    assert [replica.active for replica in replicas] == [["lora"], ["lora"]]
