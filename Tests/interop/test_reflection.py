"""Server reflection by Python's own copy of the contract; v1 has the messages of v1alpha under another name."""
import subprocess

import grpc
import pytest
from google.protobuf import descriptor_pool, json_format, message_factory
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase
from grpc_reflection.v1alpha.reflection_pb2 import ServerReflectionRequest, ServerReflectionResponse

from places import ROOT
from tiers import TIERS

VERSIONS = ["grpc.reflection.v1", "grpc.reflection.v1alpha"]


def ask(connection, version, *requests):
    method = connection.stream_stream(
        f"/{version}.ServerReflection/ServerReflectionInfo",
        request_serializer=ServerReflectionRequest.SerializeToString,
        response_deserializer=ServerReflectionResponse.FromString,
    )
    return list(method(iter(requests), timeout=10))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ["parser", "embedding", "classifier", "edge"])
def test_services_are_listed(channels, name, version):
    (answer,) = ask(channels[name], version, ServerReflectionRequest(list_services="*"))
    listed = {service.name for service in answer.list_services_response.service}
    own = {tier.service for tier in TIERS if tier.name == name}
    assert listed - {f"{version}.ServerReflection" for version in VERSIONS} == own | {"grpc.health.v1.Health"}


@pytest.mark.parametrize("version", VERSIONS)
def test_contract_is_whole(channels, tier, version):
    request = ServerReflectionRequest(file_containing_symbol=tier.service)
    (answer,) = ask(channels[tier.name], version, request)
    pool = descriptor_pool.DescriptorPool()
    files = [FileDescriptorProto.FromString(file) for file in answer.file_descriptor_response.file_descriptor_proto]
    for file in reversed(files):  # imports come after what imports them
        pool.Add(file)
    methods = pool.FindServiceByName(tier.service).methods_by_name
    written = descriptor_pool.Default().FindServiceByName(tier.service)  # of the stubs made from the .proto files
    assert set(methods) == set(written.methods_by_name) >= {tier.method, tier.method + "Stream", "Info"}
    assert methods[tier.method].input_type.full_name == tier.request_name


@pytest.mark.parametrize("version", VERSIONS)
def test_many_questions_are_answered_in_one_stream(channels, tier, version):
    questions = [
        ServerReflectionRequest(file_by_filename="tocsin/common/v1/common.proto"),
        ServerReflectionRequest(file_containing_symbol="no.such.Symbol"),
        ServerReflectionRequest(list_services="*"),
    ]
    answers = ask(channels[tier.name], version, *questions)
    assert [answer.WhichOneof("message_response") for answer in answers] == [
        "file_descriptor_response", "error_response", "list_services_response",
    ]
    assert [answer.original_request for answer in answers] == questions
    assert answers[1].error_response.error_code == grpc.StatusCode.NOT_FOUND.value[0]


def test_pythons_own_client_finds_our_messages(channels, tier):
    pool = descriptor_pool.DescriptorPool(ProtoReflectionDescriptorDatabase(channels[tier.name]))
    assert "lengths" in pool.FindMessageTypeByName("tocsin.common.v1.LineBlock").fields_by_name
    assert pool.FindMessageTypeByName(tier.request_name).fields


def test_the_readmes_grpcurl_call_works_as_grpcurl_makes_it(channels):
    """What the shell makes of the README's lines, put into messages that reflection alone describes."""
    readme = (ROOT / "README.md").read_text()
    command = readme[readme.index("line='"):].split("```")[0]
    shell = "grpcurl() { printf '%s\\n' \"$@\"; }\n" + command
    arguments = subprocess.run(["bash", "-c", shell], check=True, capture_output=True, text=True).stdout.splitlines()
    request, (service, method) = arguments[arguments.index("-d") + 1], arguments[-1].split("/")

    pool = descriptor_pool.DescriptorPool(ProtoReflectionDescriptorDatabase(channels["edge"]))
    described = pool.FindServiceByName(service).methods_by_name[method]
    message = json_format.Parse(request, message_factory.GetMessageClass(described.input_type)(), descriptor_pool=pool)
    call = channels["edge"].unary_unary(
        f"/{service}/{method}",
        request_serializer=lambda message: message.SerializeToString(),
        response_deserializer=message_factory.GetMessageClass(described.output_type).FromString,
    )
    answer = json_format.MessageToDict(call(message, timeout=60), descriptor_pool=pool)
    assert [line["className"] for line in answer["lines"]] == ["security_anomaly"]
