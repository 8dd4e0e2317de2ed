"""Replicas that come and go while the edge is asked, and a tier that is away, with real processes."""
import http.client
import itertools
import os
import signal
import threading
import time
from contextlib import contextmanager

import pytest

from calls import ask
from conftest import ARGUMENTS
from service import Service

TIERS = ["parser", "embedding", "classifier"]
WORDS = ["disk", "gate", "queue", "lease", "mirror", "beacon", "anchor", "ledger", "socket", "timer", "valve", "shard"]


class Deployment:
    """Two replicas of each tier and an edge that knows them by address."""

    def __init__(self, folder):
        self.folder = folder
        self.numbers = itertools.count()
        self.replicas = {tier: [self.start(tier) for _ in range(2)] for tier in TIERS}
        lists = [
            part
            for tier, replicas in self.replicas.items()
            for part in (f"--{tier}", ",".join(f"127.0.0.1:{replica.port}" for replica in replicas))
        ]
        self.edge = self.start("edge", "--http-port", "0", "--https-port", "0", *lists)
        self.port = self.edge.http_port

    def start(self, tier, *arguments):
        return Service(tier, self.folder / f"{tier}-{next(self.numbers)}.log", *ARGUMENTS.get(tier, []), *arguments)

    def end(self, tier, index, how):
        replica = self.replicas[tier][index]
        replica.process.send_signal(how)
        replica.process.wait(timeout=60)

    def start_again(self, tier, index):
        self.replicas[tier][index] = self.start(tier, "--port", str(self.replicas[tier][index].port))

    def ask(self, method, path, lines=None):
        return ask(self.port, method, path, None if lines is None else {"logs": lines})

    def stop(self):
        for service in [self.edge, *(replica for replicas in self.replicas.values() for replica in replicas)]:
            if service.process.poll() is None:
                service.stop()

    @contextmanager
    def load(self):
        """Asks all the time, by words that no cache knows, and gives the list of what was not answered well."""
        failures, answered, done = [], itertools.count(), threading.Event()

        def ask(worker):
            for words in itertools.product(WORDS, repeat=4):
                if done.is_set():
                    return
                line = f"Apr 15 12:34:56 gate app[{worker}]: cannot reach {' '.join(words)} of worker {WORDS[worker]}"
                try:
                    answer, body = self.ask("POST", "/api/predict", [line])
                    if answer.status != 200 or body["logs"][0].get("error"):
                        failures.append(body)
                except (OSError, http.client.HTTPException) as error:
                    failures.append(repr(error))
                next(answered)

        threads = [threading.Thread(target=ask, args=(worker,)) for worker in range(6)]
        for thread in threads:
            thread.start()
        yield failures
        done.set()
        for thread in threads:
            thread.join()
        assert next(answered) > 50


@pytest.fixture(scope="module")
def deployment(tmp_path_factory):
    deployment = Deployment(tmp_path_factory.mktemp("replicas"))
    yield deployment
    deployment.stop()


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["ended", "killed"])
def test_a_tier_loses_and_gains_a_replica_under_load_without_a_failed_call(deployment, tier, how):
    with deployment.load() as failures:
        time.sleep(1)
        deployment.end(tier, 0, how)
        time.sleep(1)
        deployment.start_again(tier, 0)
        # The other one goes as soon as the first is called again.
        deadline = time.monotonic() + 30
        while deployment.replicas[tier][0].process.poll() is None and time.monotonic() < deadline:
            states = [each for part in deployment.ask("GET", "/v1/status")[1]["tiers"] if part["tier"] == tier
                      for each in part["connections"]]
            if all(state["available"] for state in states):
                break
            time.sleep(0.1)
        else:
            raise AssertionError(f"the replica is not called again: {states}")
        deployment.end(tier, 1, how)
        time.sleep(1)
        deployment.start_again(tier, 1)
    assert failures == []


def test_a_replica_that_hangs_stalls_no_other_request(deployment):
    hanging = deployment.replicas["embedding"][0]
    with deployment.load() as failures:
        hanging.process.send_signal(signal.SIGSTOP)
        try:
            time.sleep(3)
            slowest = 0
            for words in itertools.islice(itertools.permutations(WORDS, 3), 30):
                start = time.monotonic()
                answer, _ = deployment.ask("POST", "/api/predict", [f"cannot open {' '.join(words)}"])
                assert answer.status == 200
                slowest = max(slowest, time.monotonic() - start)
        finally:
            hanging.process.send_signal(signal.SIGCONT)
    assert failures == []
    assert slowest < 10


@pytest.mark.parametrize("tier", TIERS)
def test_a_tier_that_is_away_is_named_and_comes_back_by_itself(deployment, tier):
    unknown = [f"cannot mount {tier} anywhere near the {' '.join(WORDS[:5])}"]
    for index in range(2):
        deployment.end(tier, index, signal.SIGTERM)
    answer, problem = deployment.ask("POST", "/v1/logs:analyze", unknown)
    assert answer.status == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert int(answer.headers["Retry-After"]) > 0
    assert (problem["code"], problem["tier"]) == ("tier_unavailable", tier)
    answer, problem = deployment.ask("GET", "/readyz")
    assert (answer.status, problem["tier"]) == (503, tier)
    for index in range(2):
        deployment.start_again(tier, index)
    deadline = time.monotonic() + 30
    while deployment.ask("POST", "/v1/logs:analyze", unknown)[0].status != 200:
        assert time.monotonic() < deadline, "the tier is back and the edge does not use it"
        time.sleep(0.2)
    assert deployment.ask("GET", "/readyz")[0].status == 200


@pytest.mark.skipif(os.geteuid() != 0, reason="SKIPPED: only root can give one process a hosts file of its own")
def test_a_host_name_that_gains_and_loses_an_address_gains_and_loses_a_replica(tmp_path):
    hosts = tmp_path / "hosts"
    hosts.write_text("127.0.0.1 localhost embedding.example\n")
    services = {}

    def start(name, tier, *arguments, under=()):
        services[name] = Service(
            tier, tmp_path / f"{name}.log", *ARGUMENTS.get(tier, []), *arguments, under=under)
        return services[name].port

    try:
        port = start("first", "embedding", "--host", "127.0.0.1")
        start("second", "embedding", "--host", "127.0.0.2", "--port", str(port))
        others = [part for tier in ("parser", "classifier") for part in (f"--{tier}", f"127.0.0.1:{start(tier, tier)}")]
        own_hosts = ["unshare", "--mount", "sh", "-c", 'mount --bind "$0" /etc/hosts && exec "$@"', hosts]
        start("edge", "edge", "--http-port", "0", "--https-port", "0", "--embedding", f"embedding.example:{port}",
              *others, under=own_hosts)
        http_port = services["edge"].http_port

        def available():
            tiers = ask(http_port, "GET", "/v1/status")[1]["tiers"]
            return sorted(each["replica"] for tier in tiers if tier["tier"] == "embedding"
                          for each in tier["connections"] if each["available"])

        def awaits(*addresses):
            deadline = time.monotonic() + 30
            while available() != [f"{address}:{port}" for address in addresses]:
                assert time.monotonic() < deadline, available()
                time.sleep(0.2)

        awaits("127.0.0.1")
        hosts.write_text("127.0.0.1 localhost embedding.example\n127.0.0.2 embedding.example\n")
        awaits("127.0.0.1", "127.0.0.2")
        hosts.write_text("127.0.0.1 localhost\n127.0.0.2 embedding.example\n")
        awaits("127.0.0.2")
    finally:
        for service in reversed(services.values()):
            service.stop()
