"""One of our services as a process: started on free ports, stopped by SIGTERM, its log readable."""
import json
import signal
import subprocess
import time

from places import CERTIFICATES, PROGRAMS

CALLERS = "spiffe://tocsin/edge,spiffe://tocsin/client"


class Service:
    def __init__(self, tier, log_path, *arguments, callers=CALLERS, under=()):
        program = PROGRAMS / f"tocsin-{tier}"
        assert program.exists(), f"{program} is not there: run deploy/build first"
        self.tier = tier
        self.log_path = log_path
        # What `under` names, such as taskset, starts the program.
        command = [*under, program, "--port", "0", "--metrics-port", "0"]
        command += ["--tls-certificate", CERTIFICATES / f"{tier}.pem", "--tls-key", CERTIFICATES / f"{tier}.key"]
        command += ["--tls-ca", CERTIFICATES / "ca.pem", "--authorized-callers", callers, *arguments]
        with open(log_path, "wb") as log:
            self.process = subprocess.Popen([str(part) for part in command], stderr=log, stdout=log)
        self.port = int(self.logged("serving", within=120)["port"])

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
                raise AssertionError(f"tocsin-{self.tier} did not log {message or ''} {members}: {why}:\n{tail}")
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
            raise AssertionError(f"tocsin-{self.tier} did not stop within 30 s of SIGTERM") from None
