"""Who may speak to a service: only peers that our authority knows, and of those only the callers it accepts."""
import grpc
import pytest

from channels import channel
from grpc_health.v1 import health_pb2, health_pb2_grpc
from places import ROGUE
from tocsin.common.v1 import common_pb2

pytestmark = pytest.mark.parametrize("name", ["parser", "embedding", "classifier", "edge"])


def check_health(connection):
    return health_pb2_grpc.HealthStub(connection).Check(health_pb2.HealthCheckRequest(), timeout=10)


def test_our_authority_is_accepted(services, name):
    with channel(services[name].port, "client") as connection:
        assert check_health(connection).status == health_pb2.HealthCheckResponse.SERVING


def test_a_caller_without_a_certificate_is_refused(services, name):
    with channel(services[name].port, None) as connection, pytest.raises(grpc.RpcError) as refusal:
        check_health(connection)
    assert refusal.value.code() == grpc.StatusCode.UNAVAILABLE


def test_a_certificate_of_another_authority_is_refused(services, name):
    with channel(services[name].port, "client", ROGUE) as connection, pytest.raises(grpc.RpcError) as refusal:
        check_health(connection)
    assert refusal.value.code() == grpc.StatusCode.UNAVAILABLE


def test_a_caller_that_trusts_another_authority_refuses_the_service(services, name):
    with channel(services[name].port, "client", authority=ROGUE) as connection:
        with pytest.raises(grpc.RpcError) as refusal:
            check_health(connection)
    assert refusal.value.code() == grpc.StatusCode.UNAVAILABLE
    assert "CERTIFICATE_VERIFY_FAILED" in refusal.value.details()


def test_plaintext_is_refused(services, name):
    with grpc.insecure_channel(f"127.0.0.1:{services[name].port}") as connection:
        with pytest.raises(grpc.RpcError) as refusal:
            check_health(connection)
    assert refusal.value.code() == grpc.StatusCode.UNAVAILABLE


def test_a_caller_that_is_not_accepted_may_ask_for_health_alone(services, name):
    if name == "edge":
        pytest.skip("the edge has no gRPC service of its own to refuse")
    method = {
        "parser": "/tocsin.parser.v1.Parser/Info",
        "embedding": "/tocsin.embedding.v1.Embedding/Info",
        "classifier": "/tocsin.classifier.v1.Classifier/Info",
    }[name]
    caller = "classifier" if name != "classifier" else "parser"  # a certificate of ours, but no caller of this tier
    with channel(services[name].port, caller) as connection:
        assert check_health(connection).status == health_pb2.HealthCheckResponse.SERVING
        with pytest.raises(grpc.RpcError) as refusal:
            connection.unary_unary(method)(common_pb2.InfoRequest().SerializeToString(), timeout=10)
    assert refusal.value.code() == grpc.StatusCode.PERMISSION_DENIED
    assert f"spiffe://tocsin/{caller}" in refusal.value.details()
