"""The shell completions that `tocsin` writes, judged by the shells themselves."""
import shutil
import subprocess

import pytest

from command_line import tocsin

# As bash calls a completion: the script is $0, the words that were typed are the arguments, the last one open.
COMPLETE = """
source "$0"
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*"
COMP_POINT=${#COMP_LINE}
_tocsin tocsin "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_accepts_its_completions(tmp_path, shell):
    run = tocsin("--generate-completion-script", shell)
    assert run.returncode == 0 and run.stderr == ""
    for word in ["analyze", "explain", "templates", "min-confidence"]:
        assert word in run.stdout
    if not shutil.which(shell):
        pytest.skip(f"SKIPPED: {shell} is not installed, so that nobody judges its syntax")
    script = tmp_path / "completions"
    script.write_text(run.stdout)
    judged = subprocess.run([shell, "-n", script], capture_output=True, text=True, timeout=60)
    assert (judged.returncode, judged.stderr) == (0, "")


@pytest.mark.parametrize(("typed", "offered"), [
    (["tocsin", ""], {"analyze", "diff", "explain", "parse", "templates", "models", "serve"}),
    (["tocsin", "an"], {"analyze"}),
    (["tocsin", "analyze", "--min-c"], {"--min-confidence"}),
    (["tocsin", "analyze", "--output", ""], {"table", "json", "ndjson", "csv", "html"}),
    (["tocsin", "analyze", "--only", "sys"], {"system_failure"}),
])
def test_bash_offers_what_fits(tmp_path, typed, offered):
    script = tmp_path / "completions"
    script.write_text(tocsin("--generate-completion-script", "bash").stdout)
    shell = subprocess.run(["bash", "-c", COMPLETE, script, *typed], capture_output=True, text=True, timeout=60)
    assert offered <= {word.strip() for word in shell.stdout.splitlines()}, shell


def test_a_shell_that_is_not_known_is_told():
    run = tocsin("--generate-completion-script", "tcsh")
    assert run.returncode != 0 and run.stdout == "" and "tcsh" in run.stderr
