"""What the embedding tier takes beside texts, and how it refuses."""
import struct

import grpc
import pytest

from channels import channel
from places import ENCODER
from tiers import line_block
from tocsin.common.v1 import common_pb2
from tocsin.embedding.v1 import embedding_pb2, embedding_pb2_grpc

VOCABULARY = {piece: index for index, piece in enumerate((ENCODER / "vocab.txt").read_text().splitlines())}


def ids(pieces):
    return [VOCABULARY[piece] for piece in ["[CLS]", *pieces.split(), "[SEP]"]]


def token_block(texts):
    flat = [number for text in texts for number in text]
    return embedding_pb2.TokenBlock(ids=struct.pack(f"<{len(flat)}i", *flat), lengths=[len(text) for text in texts])


@pytest.fixture
def stub(channels):
    return embedding_pb2_grpc.EmbeddingStub(channels["embedding"])


def rows(answer):
    width = answer.vectors.dimension
    values = struct.unpack(f"<{len(answer.vectors.values) // 4}f", answer.vectors.values)
    return [values[start : start + width] for start in range(0, len(values), width)]


def test_tokens_get_the_vector_of_their_text(stub):
    texts = [b"disk is full", b"the fan is down"]
    tokens = [ids("disk is full"), ids("the fan is down")]
    by_text = stub.Embed(embedding_pb2.EmbedRequest(texts=line_block(texts)), timeout=60)
    by_tokens = stub.Embed(embedding_pb2.EmbedRequest(tokens=token_block(tokens)), timeout=60)
    assert list(by_tokens.token_counts) == list(by_text.token_counts) == [5, 6]
    for one, other in zip(rows(by_tokens), rows(by_text), strict=True):
        assert max(abs(a - b) for a, b in zip(one, other)) < 1e-5


def test_wrong_tokens_fail_alone(stub):
    texts = [ids("disk"), [101, 1 << 30], [], [101] * 129]
    answer = stub.Embed(embedding_pb2.EmbedRequest(tokens=token_block(texts)), timeout=60)
    failures = {failure.index: common_pb2.ItemFailure.Code.Name(failure.code) for failure in answer.failures}
    assert failures == {1: "INVALID_ARGUMENT", 2: "INVALID_ARGUMENT", 3: "LIMIT_EXCEEDED"}
    assert any(rows(answer)[0]) and not any(rows(answer)[1])


def test_texts_and_tokens_at_once_are_refused(stub):
    request = embedding_pb2.EmbedRequest(texts=line_block([b"a"]), tokens=token_block([[101, 102]]))
    with pytest.raises(grpc.RpcError) as refusal:
        stub.Embed(request, timeout=10)
    assert refusal.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    assert "tokens is beside texts; expected one of the two" in refusal.value.details()


@pytest.mark.parametrize("variant, reason", [("bert", "'bert'"), ("dann", "is not loaded")])
def test_a_variant_that_is_not_there_is_refused_by_name(stub, variant, reason):
    if variant in [model.name for model in stub.Info(common_pb2.InfoRequest(), timeout=10).models]:
        pytest.skip(f"{variant} is loaded here")
    with pytest.raises(grpc.RpcError) as refusal:
        stub.Embed(embedding_pb2.EmbedRequest(texts=line_block([b"a"]), variant=variant), timeout=10)
    assert refusal.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    assert reason in refusal.value.details()


def test_a_full_queue_refuses_and_says_when_to_come_again(start):
    service = start("embedding", "--max-queued-tokens", "64", "--max-cache-bytes", "0", "--threads", "1")
    with channel(service.port) as busy:
        stub = embedding_pb2_grpc.EmbeddingStub(busy)
        # An empty queue takes any batch; until that one is computed, it is full.
        many = embedding_pb2.EmbedRequest(texts=line_block([b"disk %d is full" % number for number in range(5000)]))
        call = stub.Embed.future(many, timeout=120)
        refusal = None
        while refusal is None and not call.done():
            try:
                stub.Embed(embedding_pb2.EmbedRequest(texts=line_block([b"fan failed"])), timeout=60)
            except grpc.RpcError as error:
                refusal = error
        # The small one may have come first and the large one have been refused.
        refusal = refusal or call.exception(timeout=0)
        assert refusal is not None, "the queue was never full"
        assert refusal.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
        assert "try again in" in refusal.details()
        assert int(dict(refusal.trailing_metadata())["grpc-retry-pushback-ms"]) > 0
        call.cancel()
