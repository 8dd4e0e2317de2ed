"""What the embedding tier says of the tokens of texts: shares that add up, and how it refuses."""
import hashlib
import struct
import time

import grpc
import pytest

from places import MODELS
from tiers import line_block
from tocsin.common.v1 import common_pb2
from tocsin.embedding.v1 import embedding_pb2, embedding_pb2_grpc

TEXTS = [b"link eth0 is down", b"controller 3: parity error on lane 2; 2 of 8 paths degraded", b""]


@pytest.fixture
def stub(channels):
    return embedding_pb2_grpc.EmbeddingStub(channels["embedding"])


def direction(row):
    return [(column * 7 + row) % 11 - 5 for column in range(768)]


def directions(count):
    values = [value for row in range(count) for value in direction(row)]
    return common_pb2.VectorBlock(dimension=768, values=struct.pack(f"<{len(values)}f", *values))


def refusal(stub, **request):
    with pytest.raises(grpc.RpcError) as error:
        stub.Attribute(embedding_pb2.AttributeRequest(**request), timeout=60)
    return error.value


def test_tokens_share_out_what_the_vector_says(stub):
    answer = stub.Attribute(
        embedding_pb2.AttributeRequest(texts=line_block(TEXTS), directions=directions(3)), timeout=60)
    embedded = stub.Embed(embedding_pb2.EmbedRequest(texts=line_block(TEXTS)), timeout=60)
    assert answer.encoder_sha256 == embedded.encoder_sha256 and not answer.failures
    for row, text in enumerate(answer.texts):
        vector = struct.unpack_from("<768f", embedded.vectors.values, row * 768 * 4)
        assert text.score == pytest.approx(sum(a * b for a, b in zip(vector, direction(row))), abs=5e-3)
        way = text.score - text.baseline_score
        assert abs(sum(text.values) - way) <= 0.01 * max(abs(way), abs(text.score) / 1000)
        assert len(text.values) == len(text.tokens) == embedded.token_counts[row]
        assert text.tokens[0] == "[CLS]" and text.tokens[-1] == "[SEP]"
    assert list(answer.texts[0].tokens) == ["[CLS]", "link", "et", "##h", "##0", "is", "down", "[SEP]"]
    assert answer.timings.forward_ns > 0


def test_a_class_is_explained_by_the_variants_own_head(stub):
    if "lora" not in [model.name for model in stub.Info(common_pb2.InfoRequest(), timeout=10).models]:
        pytest.skip("lora is not loaded here")
    request = embedding_pb2.AttributeRequest(
        texts=line_block(TEXTS), variant="lora", classes=embedding_pb2.ClassTargets(class_indices=[4, 6, 0]))
    answer = stub.Attribute(request, timeout=60)
    assert answer.head_sha256 == hashlib.sha256((MODELS / "lora" / "head.json").read_bytes()).hexdigest()
    for text in answer.texts:
        way = text.score - text.baseline_score
        assert abs(sum(text.values) - way) <= 0.01 * max(abs(way), abs(text.score) / 1000)


def test_a_direction_that_is_not_finite_fails_alone(stub):
    block = directions(2)
    block.values = block.values[: 768 * 4] + struct.pack("<f", float("nan")) * 768
    answer = stub.Attribute(embedding_pb2.AttributeRequest(texts=line_block([b"a", b"b"]), directions=block), timeout=60)
    assert [failure.index for failure in answer.failures] == [1]
    assert answer.failures[0].code == common_pb2.ItemFailure.INVALID_ARGUMENT
    assert answer.texts[0].tokens and not answer.texts[1].tokens


@pytest.mark.parametrize("variant, reason", [("bert", "'bert'"), ("dann", "is not loaded")])
def test_a_variant_that_is_not_there_is_refused_by_name(stub, variant, reason):
    if variant in [model.name for model in stub.Info(common_pb2.InfoRequest(), timeout=10).models]:
        pytest.skip(f"{variant} is loaded here")
    error = refusal(stub, texts=line_block([b"a"]), variant=variant, directions=directions(1))
    assert error.code() == grpc.StatusCode.INVALID_ARGUMENT
    assert reason in error.details()


@pytest.mark.parametrize(
    "request_parts, reason",
    [
        ({}, "directions is absent"),
        ({"directions": directions(2)}, "directions is 2 rows; expected 1"),
        ({"classes": embedding_pb2.ClassTargets(class_indices=[1])}, "'base' has no head"),
        (
            {"directions": directions(1), "classes": embedding_pb2.ClassTargets(class_indices=[1])},
            "classes is beside directions; expected one of the two",
        ),
    ],
)
def test_targets_that_do_not_fit_are_refused(stub, request_parts, reason):
    error = refusal(stub, texts=line_block([b"a"]), **request_parts)
    assert error.code() == grpc.StatusCode.INVALID_ARGUMENT
    assert reason in error.details()


def test_more_texts_than_one_call_may_have_are_refused(stub):
    error = refusal(stub, texts=line_block([b"a"] * 65), directions=directions(65))
    assert error.code() == grpc.StatusCode.INVALID_ARGUMENT
    assert "65 texts, at most 64" in error.details()


def test_embeddings_come_in_between_and_a_cancelled_call_leaves_the_queue(stub):
    text = b"the power supply of shelf 4 lost its input; " * 20
    request = embedding_pb2.AttributeRequest(texts=line_block([text] * 64), directions=directions(64))
    call = stub.Attribute.future(request, timeout=120)
    stub.Embed(embedding_pb2.EmbedRequest(texts=line_block([b"fan 9 failed"])), timeout=60)
    assert not call.done()
    one = embedding_pb2.AttributeRequest(texts=line_block([b"a"]), directions=directions(1))
    error = refusal(stub, texts=one.texts, directions=one.directions)
    assert error.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
    assert int(dict(error.trailing_metadata())["grpc-retry-pushback-ms"]) > 0
    call.cancel()
    for _ in range(100):
        try:
            assert len(stub.Attribute(one, timeout=60).texts) == 1
            return
        except grpc.RpcError as busy:
            assert busy.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
            time.sleep(0.1)
    pytest.fail("the cancelled call's texts still wait")
