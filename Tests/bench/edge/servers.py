"""The two servers that are measured: ours, each tier a process behind mutual TLS, and the peer."""
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "interop"))

from places import ENCODER, MODELS, PROGRAMS  # noqa: E402, F401
from service import Service  # noqa: E402

TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory(pid):
    """Resident bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) * 1024
    return 0


class Tocsin:
    """A parser, an embedding tier, a classifier and an edge over them."""

    name = "tocsin"

    def __init__(self, folder, precision="fp32", edge_arguments=()):
        self.services = {}
        arguments = {
            "parser": ["--models", MODELS],
            "embedding": ["--models", MODELS, "--encoder", ENCODER, "--precision", precision],
            "classifier": ["--models", MODELS],
        }
        for tier, own in arguments.items():
            self.services[tier] = Service(tier, folder / f"{tier}-{precision}.log", "--log-level", "notice", *own)
        replicas = [part for tier in arguments for part in (f"--{tier}", f"127.0.0.1:{self.services[tier].port}")]
        edge = Service(
            "edge", folder / f"edge-{precision}.log", "--log-level", "notice", "--http-port", "0", "--https-port", "0",
            *replicas, *edge_arguments,
        )
        self.services["edge"] = edge
        self.port = edge.logged("serving HTTP", within=30)["port"]

    def cpu(self):
        return {tier: cpu_seconds(service.process.pid) for tier, service in self.services.items()}

    def memory(self):
        return {tier: memory(service.process.pid) for tier, service in self.services.items()}

    def stop(self):
        for service in reversed(self.services.values()):
            service.stop()


class Peer:
    """gunicorn with `workers` processes of `threads` threads each."""

    def __init__(self, folder, port, workers, threads, cached=0):
        self.port = port
        self.name = f"peer, {workers} x {threads}"
        self.log = folder / f"peer-{workers}-{threads}-{cached}.log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [HERE.parent / "peer" / "run", str(port), str(workers), str(threads), str(cached)], stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + 120
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=60).read()
                break
            except OSError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise SystemExit(f"the peer does not answer:\n{self.log.read_text()[-2000:]}") from None
                time.sleep(0.2)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=60)
