"""Unary and streaming calls of every tier: answers, deadlines, cancellation, large messages, wrong requests."""
import time
import uuid

import grpc
import pytest

from channels import MEBIBYTE
from tiers import LINES, fill
from tocsin.common.v1 import common_pb2

# How a service logs a call whose caller has gone; a stream that waits for a request learns it as "unavailable".
ENDED = ("cancelled", "deadlineExceeded", "unavailable")


def test_unary_answers_every_line_in_order(tier, stub, inputs):
    answer = tier.unary(stub)(tier.make_request(LINES, inputs), timeout=60)
    assert tier.count(answer) == len(LINES)


def test_stream_answers_every_request_in_order(tier, stub, inputs):
    sizes = [1, 3, 2, 1, 2, 3] * 5
    requests = (tier.make_request(LINES[:size], inputs) for size in sizes)
    answers = tier.stream(stub)(requests, timeout=120)
    assert [tier.count(answer) for answer in answers] == sizes


def test_stream_answers_before_the_next_request(tier, stub, inputs):
    answers = []

    def requests():
        for sent in range(5):
            deadline = time.monotonic() + 30
            while len(answers) < sent and time.monotonic() < deadline:
                time.sleep(0.01)
            assert len(answers) == sent, "the answer waits for requests to come"
            yield tier.make_request(LINES[:1], inputs)

    for answer in tier.stream(stub)(requests(), timeout=60):
        answers.append(answer)
    assert len(answers) == 5


def test_info_says_what_the_tier_is(tier, stub):
    info = stub.Info(common_pb2.InfoRequest(), timeout=10)
    assert info.tier == tier.name
    assert info.version
    assert info.limits.max_message_bytes == 64 * MEBIBYTE
    assert info.limits.max_batch_items > 0 and info.limits.max_item_bytes > 0
    assert any(model.active and len(model.sha256) == 64 for model in info.models)


def test_message_of_32_mebibytes(tier, stub, inputs):
    request = tier.make_request(large_lines(tier, 32), inputs)
    assert request.ByteSize() > 32 * MEBIBYTE
    answer = tier.unary(stub)(request, timeout=240)
    assert tier.count(answer) == tier.large


def test_message_beyond_the_limit_is_refused(tier, stub, inputs):
    request = tier.make_request(large_lines(tier, 65), inputs)
    with pytest.raises(grpc.RpcError) as refusal:
        tier.unary(stub)(request, timeout=120)
    # grpc-swift resets the stream of such a message, often before the status is out.
    assert refusal.value.code() in (grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.CANCELLED)
    assert stub.Info(common_pb2.InfoRequest(), timeout=10).tier == tier.name


def test_deadline_ends_the_call_on_both_sides(tier, service, stub, inputs):
    call_id = uuid.uuid4().hex
    started = time.monotonic()
    call = tier.stream(stub)(
        requests_until(tier, inputs, started + 20), timeout=1, metadata=[("x-request-id", call_id)]
    )
    with pytest.raises(grpc.RpcError) as ended:
        for _ in call:
            pass
    assert ended.value.code() == grpc.StatusCode.DEADLINE_EXCEEDED
    assert time.monotonic() - started < 5
    assert service.logged(None, request_id=call_id)["code"] in ENDED


def test_cancel_ends_the_call_on_both_sides(tier, service, stub, inputs):
    call_id = uuid.uuid4().hex
    started = time.monotonic()
    call = tier.stream(stub)(requests_until(tier, inputs, started + 20), metadata=[("x-request-id", call_id)])
    next(call)
    call.cancel()
    with pytest.raises(grpc.RpcError) as ended:
        next(call)
    assert ended.value.code() == grpc.StatusCode.CANCELLED
    assert service.logged(None, request_id=call_id)["code"] in ENDED


def test_tier_answers_after_calls_that_were_given_up(tier, stub, inputs):
    calls = [tier.unary(stub).future(tier.make_request(LINES, inputs), timeout=30) for _ in range(50)]
    for call in calls[::2]:
        call.cancel()
    for call in calls[1::2]:
        assert tier.count(call.result()) == len(LINES)


def test_garbage_is_an_invalid_argument(tier, channels):
    send = channels[tier.name].unary_unary(f"/{tier.service}/{tier.method}")
    with pytest.raises(grpc.RpcError) as refusal:
        send(b"\xff\xff\xff", timeout=10)
    assert refusal.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    assert refusal.value.details() == f"{tier.request_name} of 3 bytes is malformed at byte 0: a number is cut"


def test_lengths_that_do_not_add_up_are_an_invalid_argument(tier, channels):
    # Field 3 of the classifier's request is a block of lines, field 1 of the others'.
    field = 3 if tier.name == "classifier" else 1
    block = common_pb2.LineBlock(data=b"abc", lengths=[1]).SerializeToString()
    vectors = common_pb2.VectorBlock(dimension=1).SerializeToString()
    request = bytes([field << 3 | 2, len(block)]) + block
    if tier.name == "classifier":
        request = b"".join(bytes([number << 3 | 2, len(vectors)]) + vectors for number in (1, 2)) + request
    with pytest.raises(grpc.RpcError) as refusal:
        channels[tier.name].unary_unary(f"/{tier.service}/{tier.method}")(request, timeout=10)
    assert refusal.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    assert "lengths is 1 lengths of 1 bytes together; expected the 3 bytes of data" in refusal.value.details()


def test_unknown_method_is_unimplemented(tier, channels):
    with pytest.raises(grpc.RpcError) as refusal:
        channels[tier.name].unary_unary(f"/{tier.service}/Nothing")(b"", timeout=10)
    assert refusal.value.code() == grpc.StatusCode.UNIMPLEMENTED


def requests_until(tier, inputs, end):
    """One request, and then a stream that stays open."""
    yield tier.make_request(LINES[:1], inputs)
    while time.monotonic() < end:
        time.sleep(0.05)


def large_lines(tier, mebibytes):
    """Lines of so many bytes, with some to spare: a classifier's request holds them twice, beside the vectors."""
    size = (mebibytes * MEBIBYTE + (64 << 10)) // (2 if tier.name == "classifier" else 1)
    return fill(tier.large, size)
