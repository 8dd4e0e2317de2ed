"""Files of API keys, as `tocsin-edge keys` makes and changes them."""
import re
import subprocess

from places import PROGRAMS

KEY = re.compile(r"tocsin_([0-9a-f]{8})_[0-9a-f]{48}\n")


class Keys:
    """A file of keys, as the program keeps it."""

    def __init__(self, path):
        self.path = path

    def run(self, command, *arguments):
        return subprocess.run(
            [PROGRAMS / "tocsin-edge", "keys", command, *arguments, "--file", self.path],
            capture_output=True, text=True, timeout=60)

    def make(self, command, *arguments):
        """The text and the id of a new key."""
        run = self.run(command, *arguments)
        assert run.returncode == 0, run.stderr
        assert KEY.fullmatch(run.stdout)
        return run.stdout.strip(), KEY.fullmatch(run.stdout)[1]

    def add(self, name, *arguments):
        return self.make("add", "--name", name, *arguments)

    def rows(self):
        return self.run("list").stdout.splitlines()
