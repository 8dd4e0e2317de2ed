"""What the tests of all tiers need of each: its service's name, its stub, requests of any size, answers' lengths."""
import struct
from dataclasses import dataclass
from typing import Any, Callable

import places  # noqa: F401  (puts the generated stubs on the path)
from tocsin.classifier.v1 import classifier_pb2, classifier_pb2_grpc
from tocsin.common.v1 import common_pb2
from tocsin.edge.v1 import edge_pb2, edge_pb2_grpc
from tocsin.embedding.v1 import embedding_pb2, embedding_pb2_grpc
from tocsin.parser.v1 import parser_pb2, parser_pb2_grpc

LINES = [
    b"Apr 15 12:34:56 gate sshd[411]: Failed password for root from 192.0.2.7 port 52114 ssh2",
    b"Apr 15 12:34:57 gate kernel: EXT4-fs error (device sda1): unable to read superblock",
    b"a NUL \0 and broken \xff\xfe UTF-8",
]


def line_block(lines):
    return common_pb2.LineBlock(data=b"".join(lines), lengths=[len(line) for line in lines])


def lines_of(block):
    """The byte strings of a block."""
    lines, start = [], 0
    for length in block.lengths:
        lines.append(block.data[start : start + length])
        start += length
    return lines


def fill(items, size):
    """`items` lines of `size` bytes altogether."""
    line = b"disk sda1 is full, 0 bytes left; "
    length = size // items
    return [(line * (length // len(line) + 1))[:length] for _ in range(items)]


@dataclass(frozen=True)
class Tier:
    name: str
    service: str
    method: str
    make_stub: Callable[[Any], Any]
    make_request: Callable[[list, Any], Any]  # of lines, and of what the other tiers say of themselves
    count: Callable[[Any], int]  # the results in an answer
    large: int  # items of a large request: few, so that what is cut of each keeps the answer small

    def unary(self, stub):
        return getattr(stub, self.method)

    def stream(self, stub):
        return getattr(stub, self.method + "Stream")

    @property
    def request_name(self):
        return f"{self.service.rpartition('.')[0]}.{self.method}Request"


@dataclass(frozen=True)
class ModelInputs:
    """What a classifier checks its requests against."""

    feature_schema: Any
    encoder_sha256: str


def parse_request(lines, inputs):
    return parser_pb2.ParseRequest(lines=line_block(lines))


def embed_request(lines, inputs):
    return embedding_pb2.EmbedRequest(texts=line_block(lines))


def classify_request(lines, inputs):
    def vectors(width):
        return common_pb2.VectorBlock(dimension=width, values=struct.pack("<f", 0.5) * (len(lines) * width))

    return classifier_pb2.ClassifyRequest(
        vectors=vectors(768),
        features=vectors(22),
        model_texts=line_block(lines),
        model_templates=line_block(lines),
        log_types=["Linux"] * len(lines),
        feature_schema=inputs.feature_schema,
        encoder_sha256=[inputs.encoder_sha256],
    )


def analyze_request(lines, inputs):
    return edge_pb2.AnalyzeRequest(lines=line_block(lines))


PARSER = Tier(
    "parser", "tocsin.parser.v1.Parser", "Parse", parser_pb2_grpc.ParserStub, parse_request,
    lambda answer: len(answer.lines), large=32,
)
EMBEDDING = Tier(
    "embedding", "tocsin.embedding.v1.Embedding", "Embed", embedding_pb2_grpc.EmbeddingStub, embed_request,
    lambda answer: len(answer.token_counts), large=4,
)
CLASSIFIER = Tier(
    "classifier", "tocsin.classifier.v1.Classifier", "Classify", classifier_pb2_grpc.ClassifierStub, classify_request,
    lambda answer: len(answer.abstained), large=64,
)
EDGE = Tier(
    "edge", "tocsin.edge.v1.Analyzer", "Analyze", edge_pb2_grpc.AnalyzerStub, analyze_request,
    lambda answer: len(answer.lines), large=4,
)
BACK_TIERS = [PARSER, EMBEDDING, CLASSIFIER]
TIERS = [*BACK_TIERS, EDGE]
