"""What the answers say: the same lines through all three tiers, by Python alone."""
import json
import math
import struct
import subprocess
import sys
import urllib.request

import grpc
import pytest

from places import CERTIFICATES, PROGRAMS, ROOT
from tiers import LINES, line_block, lines_of
from tocsin.classifier.v1 import classifier_pb2, classifier_pb2_grpc
from tocsin.edge.v1 import edge_pb2, edge_pb2_grpc
from tocsin.embedding.v1 import embedding_pb2, embedding_pb2_grpc
from tocsin.parser.v1 import parser_pb2, parser_pb2_grpc


def test_parsed_lines_carry_bytes_as_they_are(channels):
    answer = parser_pb2_grpc.ParserStub(channels["parser"]).Parse(parser_pb2.ParseRequest(lines=line_block(LINES)))
    assert answer.lines[0].log_type == "OpenSSH"
    assert answer.lines[0].content == b"Failed password for root from 192.0.2.7 port 52114 ssh2"
    assert len(answer.lines[0].template.id) == 16
    assert b"<*>" in answer.lines[0].template.text
    assert b"\0" in answer.lines[2].content
    assert "\ufffd" in answer.lines[2].content.decode()
    assert answer.features.dimension == 22
    assert len(answer.features.values) == len(LINES) * 22 * 4
    assert len(lines_of(answer.model_texts)) == len(lines_of(answer.model_templates)) == len(LINES)


def test_forced_log_type_that_is_none_is_refused_with_its_name(channels):
    request = parser_pb2.ParseRequest(lines=line_block(LINES), forced_log_type="VMS")
    with pytest.raises(grpc.RpcError) as refusal:
        parser_pb2_grpc.ParserStub(channels["parser"]).Parse(request)
    assert refusal.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    assert "VMS" in refusal.value.details()


def test_lines_go_through_all_tiers_to_the_verdict_that_the_edge_gives(channels, services):
    parsed = parser_pb2_grpc.ParserStub(channels["parser"]).Parse(parser_pb2.ParseRequest(lines=line_block(LINES)))
    embedded = embedding_pb2_grpc.EmbeddingStub(channels["embedding"]).Embed(
        embedding_pb2.EmbedRequest(texts=parsed.model_texts), timeout=60
    )
    assert embedded.vectors.dimension == 768
    assert len(embedded.vectors.values) == len(LINES) * 768 * 4
    classified = classifier_pb2_grpc.ClassifierStub(channels["classifier"]).Classify(
        classifier_pb2.ClassifyRequest(
            vectors=embedded.vectors,
            features=parsed.features,
            model_texts=parsed.model_texts,
            model_templates=parsed.model_templates,
            log_types=[line.log_type for line in parsed.lines],
            feature_schema=parsed.feature_schema,
            encoder_sha256=[embedded.encoder_sha256],
        ),
        timeout=60,
    )
    assert not classified.failures
    values = struct.unpack(f"<{7 * len(LINES)}f", classified.probabilities.values)
    rows = [values[start : start + 7] for start in range(0, len(values), 7)]
    assert all(math.isclose(sum(row), 1, abs_tol=1e-4) for row in rows)

    answer = edge_pb2_grpc.AnalyzerStub(channels["edge"]).Analyze(
        edge_pb2.AnalyzeRequest(lines=line_block(LINES)), timeout=60
    )
    for analyzed, row in zip(answer.lines, rows, strict=True):
        assert analyzed.class_index == row.index(max(row))
        assert math.isclose(analyzed.confidence, max(row), abs_tol=1e-3)
    assert sum(count.count for count in answer.summary.classes) == len(LINES)

    port = services["edge"].logged("serving HTTP", within=30)["port"]
    body = json.dumps({"logs": [line.decode() for line in LINES[:2]]}).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/predict", body, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        verdicts = [row["prediction"] for row in json.load(answer)["logs"]]
    for verdict, row in zip(verdicts, rows):
        assert verdict["class_index"] == row.index(max(row))
        assert math.isclose(verdict["confidence"], max(row), abs_tol=1e-3)


def test_templates_in_answers_hide_secrets(channels):
    line = b"Apr 15 12:34:56 vpn-2 openvpn[911]: rejected eve@example.org with password=hunter2"
    answer = edge_pb2_grpc.AnalyzerStub(channels["edge"]).Analyze(
        edge_pb2.AnalyzeRequest(lines=line_block([line])), timeout=60
    )
    assert b"password=<SECRET>" in answer.lines[0].template
    assert b"hunter2" not in answer.lines[0].template


def example(command, service):
    """What an example prints, line by line, of the sample log."""
    command = [*command, f"127.0.0.1:{service.port}", CERTIFICATES, ROOT / "deploy" / "sample.log"]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_examples_in_the_readme_run(services):
    examples = ROOT / "Tests" / "interop" / "examples"
    lines = len((ROOT / "deploy" / "sample.log").read_bytes().splitlines())
    assert len(example([sys.executable, examples / "parse.py"], services["parser"])) == lines
    batches = (lines + 7) // 8
    assert len(example([sys.executable, examples / "analyze.py"], services["edge"])) == lines + batches
    printed = example([PROGRAMS / "client-example"], services["edge"])
    assert sum(line.startswith("stream: 1 line of ") for line in printed) == lines
    assert any(line.startswith("security_anomaly") for line in printed)
