"""The command-line tool as a process, from its arguments to its output and exit code."""
import json
import os
import subprocess

from places import ENCODER, MODELS, PROGRAMS

ENGINES = ["--models", MODELS, "--encoder", ENCODER]
ENVIRONMENT = {**os.environ, "TOCSIN_API_KEY": ""}


def tocsin(*arguments, input=None, **environment):
    """What the program did, its output as text."""
    return subprocess.run(
        [PROGRAMS / "tocsin", *arguments], input=input, capture_output=True, encoding="utf-8", timeout=240,
        env={**ENVIRONMENT, **environment})


def rows(*arguments, input=None, **environment):
    """The rows of JSON of a program that ended well."""
    run = tocsin(*arguments, "--output", "ndjson", input=input, **environment)
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.removesuffix("\n").split("\n") if line]
