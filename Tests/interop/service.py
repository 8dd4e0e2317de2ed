"""Our servers as processes: started on free ports, stopped by SIGTERM, their logs readable."""
import json
import signal
import subprocess
import time

from places import CERTIFICATES, ENCODER, MODELS, PROGRAMS

CALLERS = "spiffe://tocsin/edge,spiffe://tocsin/client"


class Server:
    def __init__(self, name, log_path, *arguments, under=()):
        program = PROGRAMS / name
        assert program.exists(), f"{program} is not there: run deploy/build first"
        self.name = name
        self.log_path = log_path
        # What `under` names, such as taskset, starts the program.
        with open(log_path, "wb") as log:
            self.process = subprocess.Popen(
                [str(part) for part in [*under, program, *arguments]], stderr=log, stdout=log)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        assert self.stop() == 0, self.log_path.read_text(errors="replace")

    @property
    def http_port(self):
        """Of HTTP in the clear."""
        return int(self.logged("serving HTTP", within=120)["port"])

    def events(self):
        """The log's events so far; a line that is being written is left out."""
        for line in self.log_path.read_text(errors="replace").splitlines():
            try:
                yield json.loads(line)
            except ValueError:
                continue

    def logged(self, message, within=10, **members):
        """The first event with that message, or any, and those members; awaited for `within` seconds."""
        deadline = time.monotonic() + within
        while True:
            for event in self.events():
                if message in (None, event["message"]) and members.items() <= event.items():
                    return event
            ended = self.process.poll() is not None
            if ended or time.monotonic() > deadline:
                tail = "\n".join(self.log_path.read_text(errors="replace").splitlines()[-5:])
                why = "it ended" if ended else f"nothing for {within} s"
                raise AssertionError(f"{self.name} did not log {message or ''} {members}: {why}:\n{tail}")
            time.sleep(0.05)

    def terminate(self):
        self.process.send_signal(signal.SIGTERM)

    def stop(self):
        """Ends the service and returns its exit status."""
        if self.process.poll() is None:
            self.terminate()
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError(f"{self.name} did not stop within 30 s of SIGTERM") from None


class Service(Server):
    """One of the services, with a certificate of its own."""

    def __init__(self, tier, log_path, *arguments, callers=CALLERS, under=()):
        self.tier = tier
        settings = ["--port", "0", "--metrics-port", "0"]
        settings += ["--tls-certificate", CERTIFICATES / f"{tier}.pem", "--tls-key", CERTIFICATES / f"{tier}.key"]
        settings += ["--tls-ca", CERTIFICATES / "ca.pem", "--authorized-callers", callers]
        super().__init__(f"tocsin-{tier}", log_path, *settings, *arguments, under=under)
        self.port = int(self.logged("serving", within=120)["port"])


class Served(Server):
    """`tocsin serve`: every tier in one process."""

    def __init__(self, log_path, *arguments, models=MODELS):
        super().__init__(
            "tocsin", log_path, "serve", "--http-port", "0", "--models", models, "--encoder", ENCODER, *arguments)
        self.port = self.http_port
