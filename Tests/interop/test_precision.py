"""An encoder that computes in 8 bits: it gives single precision too where it is asked for, and verdicts are those of it."""
import json
import math
import operator
import struct

import grpc
import pytest

from channels import channel
from command_line import ENGINES, rows, tocsin
from places import ROOT
from tiers import line_block
from tocsin.embedding.v1 import embedding_pb2, embedding_pb2_grpc

SAMPLE = ROOT / "deploy" / "sample.log"
TEXTS = [b"disk is full", b"the fan is down", b"login of root refused"]


@pytest.fixture(scope="module")
def quick(start):
    """An embedding service of 8 bits."""
    return start("embedding", "--precision", "int8")


def embed(connection, precision):
    request = embedding_pb2.EmbedRequest(texts=line_block(TEXTS), precision=precision)
    answer = embedding_pb2_grpc.EmbeddingStub(connection).Embed(request, timeout=60)
    floats = struct.unpack(f"<{len(answer.vectors.values) // 4}f", answer.vectors.values)
    return answer.precision, [floats[start : start + 768] for start in range(0, len(floats), 768)]


def cosine(one, other):
    return sum(map(operator.mul, one, other)) / math.hypot(*one) / math.hypot(*other)


def test_a_service_of_8_bits_gives_single_precision_where_it_is_asked_for(quick, channels):
    _, expected = embed(channels["embedding"], "")
    with channel(quick.port) as connection:
        own, exact = embed(connection, ""), embed(connection, "fp32")
    assert own[0] == "int8" and exact[0] == "fp32"
    for quantized, single, vector in zip(own[1], exact[1], expected, strict=True):
        assert max(abs(a - b) for a, b in zip(single, vector)) < 1e-5
        assert 0.98 < cosine(quantized, vector) < 0.99999


def test_a_service_of_single_precision_has_no_8_bit_vectors(channels):
    with pytest.raises(grpc.RpcError) as refusal:
        embed(channels["embedding"], "int8")
    assert refusal.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    assert "this encoder computes in fp32" in refusal.value.details()


@pytest.mark.parametrize("model", ["ml", "lora", "dann", "hybrid", "ensemble"])
def test_lines_have_the_classes_of_single_precision(model):
    found, expected = (
        rows("analyze", SAMPLE, "--model", model, "--precision", precision, *ENGINES) for precision in ["int8", "fp32"])
    for one, other in zip(found, expected, strict=True):
        assert one["prediction"]["class_name"] == other["prediction"]["class_name"], one["raw"]


def test_an_edge_above_8_bits_gives_the_verdicts_of_the_command_line(quick, start_edge, tmp_path):
    # Enough lines in other words that some verdicts are close.
    words = ["disk", "login", "router", "database", "fan", "session", "cache", "battery"]
    ends = ["failed", "restarted", "is slow", "was refused", "timed out", "is ready", "lost power", "has no license"]
    log = tmp_path / "words.log"
    log.write_text("".join(f"{one} {other} {end}\n" for one in words for other in words for end in ends))
    port = start_edge("--embedding", f"127.0.0.1:{quick.port}").http_port
    here = rows("analyze", log, "--precision", "int8", *ENGINES)
    there = rows("analyze", log, "--edge", f"http://127.0.0.1:{port}")
    exact = rows("analyze", log, *ENGINES)
    assert len(here) == len(there) == len(exact) == 512
    for one, other in zip(here, there):
        assert one["prediction"]["probabilities"] == pytest.approx(other["prediction"]["probabilities"], abs=1e-3)
    changed = sum(one["prediction"]["class_name"] != other["prediction"]["class_name"] for one, other in zip(here, exact))
    assert changed <= 2


def test_a_close_verdict_is_explained_as_it_is_given(tmp_path):
    least = min(rows("analyze", SAMPLE, *ENGINES), key=lambda row: row["prediction"]["confidence"])
    line = tmp_path / "line.log"
    line.write_text(least["raw"] + "\n")
    [row] = rows("analyze", line, "--precision", "int8", *ENGINES)
    run = tocsin("explain", line, "--precision", "int8", "--output", "json", *ENGINES)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["explanations"][0]["prediction"] == row["prediction"]
