"""Who may speak to a service: only peers that our authority knows, and of those only the callers it accepts."""
import grpc
import pytest

from channels import channel
from grpc_health.v1 import health_pb2, health_pb2_grpc
from places import ROGUE
from tiers import TIERS
from tocsin.common.v1 import common_pb2

every_service = pytest.mark.parametrize("name", [tier.name for tier in TIERS])


def check_health(connection):
    return health_pb2_grpc.HealthStub(connection).Check(health_pb2.HealthCheckRequest(), timeout=10)


@every_service
def test_our_authority_is_accepted(services, name):
    with channel(services[name].port, "client") as connection:
        assert check_health(connection).status == health_pb2.HealthCheckResponse.SERVING


@every_service
def test_a_caller_without_a_certificate_is_refused(services, name):
    with channel(services[name].port, None) as connection, pytest.raises(grpc.RpcError) as refusal:
        check_health(connection)
    assert refusal.value.code() == grpc.StatusCode.UNAVAILABLE


@every_service
def test_a_certificate_of_another_authority_is_refused(services, name):
    with channel(services[name].port, "client", ROGUE) as connection, pytest.raises(grpc.RpcError) as refusal:
        check_health(connection)
    assert refusal.value.code() == grpc.StatusCode.UNAVAILABLE


@every_service
def test_a_caller_that_trusts_another_authority_refuses_the_service(services, name):
    with channel(services[name].port, "client", authority=ROGUE) as connection:
        with pytest.raises(grpc.RpcError) as refusal:
            check_health(connection)
    assert refusal.value.code() == grpc.StatusCode.UNAVAILABLE
    assert "CERTIFICATE_VERIFY_FAILED" in refusal.value.details()


@every_service
def test_plaintext_is_refused(services, name):
    with grpc.insecure_channel(f"127.0.0.1:{services[name].port}") as connection:
        with pytest.raises(grpc.RpcError) as refusal:
            check_health(connection)
    assert refusal.value.code() == grpc.StatusCode.UNAVAILABLE


@every_service
def test_a_caller_that_is_not_accepted_may_ask_for_health_alone(services, name):
    service = next(tier.service for tier in TIERS if tier.name == name)
    caller = "classifier" if name != "classifier" else "parser"  # a certificate of ours, but no caller of this tier
    with channel(services[name].port, caller) as connection:
        assert check_health(connection).status == health_pb2.HealthCheckResponse.SERVING
        with pytest.raises(grpc.RpcError) as refusal:
            connection.unary_unary(f"/{service}/Info")(common_pb2.InfoRequest().SerializeToString(), timeout=10)
    assert refusal.value.code() == grpc.StatusCode.PERMISSION_DENIED
    assert f"spiffe://tocsin/{caller}" in refusal.value.details()
