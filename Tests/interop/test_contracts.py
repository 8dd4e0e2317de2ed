"""The check that generated code is what the .proto files say."""
import shutil
import subprocess

import pytest

from places import ROOT


@pytest.fixture
def project(tmp_path):
    """A copy of what the check reads."""
    for part in ("proto", "Sources/CTocsinProto", "deploy"):
        shutil.copytree(ROOT / part, tmp_path / part)
    return tmp_path


def check(project, *arguments):
    return subprocess.run(
        [project / "proto" / "generate", *(arguments or ["--check"])], capture_output=True, text=True, timeout=60
    )


def test_committed_code_is_current(project):
    assert check(project).returncode == 0


def test_changed_contract_is_found_and_mended(project):
    contract = project / "proto" / "tocsin" / "parser" / "v1" / "parser.proto"
    contract.write_text(contract.read_text().replace("bool truncated = 14;", "bool shortened = 14;"))
    stale = check(project)
    assert stale.returncode == 1
    assert "Sources/CTocsinProto is stale: run proto/generate and commit what it writes" in stale.stderr
    assert "parser.pb-c.c" in stale.stderr
    subprocess.run([project / "proto" / "generate"], check=True, capture_output=True, timeout=60)
    assert check(project).returncode == 0


def test_edited_code_is_found(project):
    generated = project / "Sources" / "CTocsinProto" / "descriptor_set.c"
    generated.write_text(generated.read_text() + "\n")
    assert check(project).returncode == 1


def test_broken_contract_is_named(project):
    contract = project / "proto" / "tocsin" / "parser" / "v1" / "parser.proto"
    contract.write_text(contract.read_text().replace("message ParsedLine {", "message ParsedLine"))
    broken = check(project)
    assert broken.returncode == 1
    assert "parser.proto" in broken.stderr


def test_unknown_option_is_named(project):
    refused = check(project, "--chekc")
    assert refused.returncode == 1
    assert "usage" in refused.stderr
