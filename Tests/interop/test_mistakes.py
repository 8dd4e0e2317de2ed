"""What people get wrong: one clear line on standard error and an exit code, and no crash."""
import shutil
import subprocess

import pytest

from command_line import ENGINES, ENVIRONMENT, tocsin
from places import CERTIFICATES, ENCODER, MODELS, PROGRAMS

LINE = "Apr 15 12:34:56 gate sshd[411]: Failed password for root from 192.0.2.7 port 52114 ssh2\n"
READING = ["analyze", "explain", "parse", "diff"]


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "gate.log"
    path.write_text(LINE)
    return path


@pytest.fixture
def models(tmp_path):
    """A folder of models of one's own."""
    folder = tmp_path / "models"
    for part in ["templates", "ml"]:
        shutil.copytree(MODELS / part, folder / part)
    return folder


def engines(command):
    return [] if command == "parse" else ENGINES


def files(command, path):
    return [path, path] if command == "diff" else [path]


def is_told(run, named, code=None):
    assert run.returncode > 0 if code is None else run.returncode == code, run
    assert run.stdout == ""
    first, *rest = run.stderr.splitlines()
    assert first.startswith("Error: ") and named in first, run.stderr
    assert run.returncode == 64 or rest == []  # of a wrong argument the usage is shown too


def flip(path, place):
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def service(tier, *arguments):
    """A service that is to end by itself."""
    tls = ["--tls-certificate", CERTIFICATES / f"{tier}.pem", "--tls-key", CERTIFICATES / f"{tier}.key",
           "--tls-ca", CERTIFICATES / "ca.pem"]
    return subprocess.run(
        [PROGRAMS / f"tocsin-{tier}", "--port", "0", "--metrics-port", "0", *tls, *arguments], capture_output=True,
        encoding="utf-8", timeout=120, env=ENVIRONMENT)


@pytest.mark.parametrize("command", [*READING, "templates list", "models", "embed", "serve", "evaluate"])
def test_an_option_that_there_is_not(log, command):
    arguments = [] if command == "serve" else files(command, log)
    is_told(tocsin(*command.split(), *arguments, "--no-such-option"), "--no-such-option", 64)


@pytest.mark.parametrize("program", ["tocsin", "tocsin-edge", "tocsin-parser", "tocsin-embedding", "tocsin-classifier"])
def test_an_option_that_a_program_does_not_have(program):
    run = subprocess.run(
        [PROGRAMS / program, "--no-such-option"], capture_output=True, encoding="utf-8", timeout=60, env=ENVIRONMENT)
    is_told(run, "--no-such-option", 64)


@pytest.mark.parametrize("command", READING)
def test_a_file_that_is_not_there_a_folder_and_what_is_no_text(tmp_path, command):
    (tmp_path / "binary").write_bytes(b"\x7fELF\x02\x01\x01\0" + bytes(range(256)) * 20)
    (tmp_path / "cut.gz").write_bytes(b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x4b")
    for name, said in [
        ("none.log", "No such file or directory"), ("", "it is a folder"), ("binary", "use --text"),
        ("cut.gz", "cut.gz"),
    ]:
        run = tocsin(command, *files(command, tmp_path / name), *engines(command))
        is_told(run, said, 1)


@pytest.mark.parametrize("command", READING)
def test_a_file_whose_reading_fails(command):
    path = "/proc/self/mem"  # it may be opened, and nothing lies at its begin
    is_told(tocsin(command, *files(command, path), *engines(command)), f"cannot read '{path}': Input/output error", 1)


@pytest.mark.parametrize("damage", [
    lambda model: (model / "booster.ubj").write_bytes((model / "booster.ubj").read_bytes()[:1000]),
    lambda model: (model / "booster.ubj").unlink(),
    lambda model: (model / "known_templates.bin").write_bytes(b""),
    lambda model: (model / "manifest.json").unlink(),
    lambda model: (model / "manifest.json").write_text("{"),
    lambda model: (model / "manifest.json").write_text("[]"),
    lambda model: flip(model / "booster.ubj", 5000),
], ids=["cut", "gone", "emptied", "no manifest", "half a manifest", "another manifest", "a bit of it changed"])
@pytest.mark.parametrize("program", ["tocsin", "tocsin-classifier"])
def test_a_model_that_is_damaged(log, models, program, damage):
    damage(models / "ml")
    if program == "tocsin":
        run = tocsin("analyze", log, "--models", models, "--encoder", ENCODER)
        is_told(run, str(models / "ml"), 1)
    else:
        run = service("classifier", "--models", models)
        assert run.returncode == 1 and str(models / "ml") in run.stdout + run.stderr


@pytest.mark.parametrize(("damage", "named"), [
    (lambda folder: (folder / "config.json").write_text("{"), "config.json"),
    (lambda folder: (folder / "vocab.txt").write_text("one\n"), "vocab.txt"),
    (lambda folder: (folder / "model.safetensors").write_bytes(b"\x08\0\0\0\0\0\0\0{}"), "model.safetensors"),
    (lambda folder: (folder / "model.safetensors").unlink(), "model.safetensors"),
], ids=["config", "vocabulary", "weights", "no weights"])
def test_an_encoder_that_is_damaged(log, tmp_path, damage, named):
    folder = tmp_path / "encoder"
    folder.mkdir()
    for file in ENCODER.iterdir():
        if file.name == named:
            (folder / file.name).write_bytes(b"")
        else:
            (folder / file.name).symlink_to(file.resolve())
    damage(folder)
    run = tocsin("analyze", log, "--models", MODELS, "--encoder", folder)
    is_told(run, named, 1)


def test_folders_that_are_not_there(log, tmp_path):
    is_told(tocsin("analyze", log, "--models", tmp_path / "none", "--encoder", ENCODER), str(tmp_path / "none"), 1)
    is_told(tocsin("analyze", log, "--models", MODELS, "--encoder", tmp_path / "none"), str(tmp_path / "none"), 1)
    is_told(tocsin("analyze", log, *ENGINES, "--formats", tmp_path / "none"), str(tmp_path / "none"), 1)


@pytest.mark.parametrize("reader", [["head", "-n", "1"], ["true"]], ids=["one line", "nothing"])
def test_who_reads_no_further_ends_the_program_without_a_word(log, reader):
    log.write_text(LINE * 20_000)
    analysis = subprocess.Popen(
        [PROGRAMS / "tocsin", "parse", log], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT)
    subprocess.run(reader, stdin=analysis.stdout, stdout=subprocess.DEVNULL, timeout=60)
    analysis.stdout.close()
    assert analysis.stderr.read() == b""
    assert analysis.wait(timeout=60) in (0, -13)
