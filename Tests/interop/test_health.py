"""grpc.health.v1 of every service, by Python's own copy of the contract."""
import grpc
import pytest

from channels import channel
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_health.v1.health_pb2 import HealthCheckRequest
from tiers import LINES, PARSER, TIERS

SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING
SERVICE_UNKNOWN = health_pb2.HealthCheckResponse.SERVICE_UNKNOWN

SERVICES = [pair for tier in TIERS for pair in ((tier.name, ""), (tier.name, tier.service))]


@pytest.mark.parametrize("name, service", SERVICES)
def test_check_says_serving(channels, name, service):
    stub = health_pb2_grpc.HealthStub(channels[name])
    assert stub.Check(HealthCheckRequest(service=service), timeout=10).status == SERVING


@pytest.mark.parametrize("name", ["parser", "embedding", "classifier", "edge"])
def test_check_of_a_service_that_is_not_there(channels, name):
    with pytest.raises(grpc.RpcError) as refusal:
        health_pb2_grpc.HealthStub(channels[name]).Check(HealthCheckRequest(service="no.such.Service"), timeout=10)
    assert refusal.value.code() == grpc.StatusCode.NOT_FOUND


@pytest.mark.parametrize("name", ["parser", "embedding", "classifier", "edge"])
def test_watch_of_a_service_that_is_not_there(channels, name):
    watch = health_pb2_grpc.HealthStub(channels[name]).Watch(HealthCheckRequest(service="no.such.Service"), timeout=10)
    assert next(watch).status == SERVICE_UNKNOWN
    watch.cancel()


def test_watch_sees_the_drain_and_calls_under_way_end_well(start):
    service = start("parser", "--drain-delay", "1s")
    with channel(service.port) as connection:
        watch = health_pb2_grpc.HealthStub(connection).Watch(HealthCheckRequest(), timeout=30)
        assert next(watch).status == SERVING
        stub = PARSER.make_stub(connection)
        call = stub.Parse.future(PARSER.make_request(LINES * 5_000, None), timeout=30)
        service.terminate()
        assert next(watch).status == NOT_SERVING
        # Within the drain delay it still answers: load balancers have not seen it yet.
        assert len(stub.Parse(PARSER.make_request(LINES, None), timeout=30).lines) == len(LINES)
        assert len(call.result().lines) == 15_000
    assert service.stop() == 0
