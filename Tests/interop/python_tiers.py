"""The three tiers as a Python gRPC server behaves: what a request asks for by name, they do."""
import struct
import threading
from concurrent import futures
from dataclasses import dataclass, field

import grpc

from channels import MEBIBYTE
from places import CERTIFICATES
from tiers import lines_of
from tocsin.classifier.v1 import classifier_pb2, classifier_pb2_grpc
from tocsin.common.v1 import common_pb2
from tocsin.embedding.v1 import embedding_pb2, embedding_pb2_grpc
from tocsin.parser.v1 import parser_pb2, parser_pb2_grpc


@dataclass
class Seen:
    """What the server saw of one call."""

    peer_names: list
    request_id: str
    time_left: float
    lines: list
    ended: threading.Event = field(default_factory=threading.Event)


class Parser(parser_pb2_grpc.ParserServicer):
    def __init__(self):
        self.calls = []

    def Parse(self, request, context):
        lines = lines_of(request.lines)
        metadata = dict(context.invocation_metadata())
        seen = Seen(
            [name.decode() for name in context.auth_context().get("x509_subject_alternative_name", [])],
            metadata.get("x-request-id", ""), context.time_remaining(), lines,
        )
        self.calls.append(seen)
        context.add_callback(seen.ended.set)
        self.behave(request.forced_log_type, seen, context)
        return parser_pb2.ParseResponse(
            lines=[
                parser_pb2.ParsedLine(
                    log_type="Linux", format_confidence=1, content=line[:300].decode(errors="replace").encode(),
                    template=parser_pb2.Template(id=bytes(16), text=b"<*>", typed_text=b"<*>"),
                )
                for line in lines
            ],
            features=common_pb2.VectorBlock(dimension=2, values=struct.pack("<2f", 0.5, -1) * len(lines)),
            model_texts=common_pb2.LineBlock(lengths=[0] * len(lines)),
            model_templates=common_pb2.LineBlock(lengths=[0] * len(lines)),
            feature_schema=common_pb2.FeatureSchema(version=1, template_tree_sha256="tree"),
        )

    def behave(self, name, seen, context):
        if name == "slow":
            seen.ended.wait(30)
        elif name == "unavailable twice" and len(self.calls) <= 2:
            context.abort(grpc.StatusCode.UNAVAILABLE, "not just now")
        elif name.isupper():  # a status code's name
            context.abort(grpc.StatusCode[name], "as it was asked")


class Embedding(embedding_pb2_grpc.EmbeddingServicer):
    def Embed(self, request, context):
        count = len(request.texts.lengths) + len(request.tokens.lengths)
        values = [number / 8 for number in range(count * 768)]
        return embedding_pb2.EmbedResponse(
            vectors=common_pb2.VectorBlock(dimension=768, values=struct.pack(f"<{len(values)}f", *values)),
            token_counts=[2] * count, encoder_sha256="python",
        )


class Classifier(classifier_pb2_grpc.ClassifierServicer):
    def Classify(self, request, context):
        count = len(request.log_types)
        row = struct.pack("<7f", 0.5, 0.25, 0.25, 0, 0, 0, 0)
        return classifier_pb2.ClassifyResponse(
            probabilities=common_pb2.VectorBlock(dimension=7, values=row * count), abstained=[False] * count,
            failures=[common_pb2.ItemFailure(index=1, code="INVALID_ARGUMENT", message="as it was asked")],
            model=common_pb2.ModelInfo(name=request.model or "ml", active=True),
        )


class PythonTiers:
    """All three on one port, with the certificate of the tier that is asked for."""

    def __init__(self, tier):
        self.parser = Parser()
        limits = [
            ("grpc.max_receive_message_length", 64 * MEBIBYTE),
            ("grpc.max_send_message_length", 64 * MEBIBYTE),
            ("grpc.http2.lookahead_bytes", 8 * MEBIBYTE),
        ]
        self.server = grpc.server(futures.ThreadPoolExecutor(8), options=limits)
        parser_pb2_grpc.add_ParserServicer_to_server(self.parser, self.server)
        embedding_pb2_grpc.add_EmbeddingServicer_to_server(Embedding(), self.server)
        classifier_pb2_grpc.add_ClassifierServicer_to_server(Classifier(), self.server)
        pair = [(CERTIFICATES / f"{tier}.{kind}").read_bytes() for kind in ("key", "pem")]
        credentials = grpc.ssl_server_credentials([tuple(pair)], (CERTIFICATES / "ca.pem").read_bytes(), True)
        self.port = self.server.add_secure_port("127.0.0.1:0", credentials)

    def __enter__(self):
        self.server.start()
        return self

    def __exit__(self, *_):
        self.server.stop(grace=1).wait()
