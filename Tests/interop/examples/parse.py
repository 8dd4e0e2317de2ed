#!/usr/bin/env python3
"""Sends the lines of a file to the parser tier over gRPC with mutual TLS, and prints what it found in each.

    python3 -m pip install grpcio grpcio-tools
    python3 Tests/interop/examples/parse.py 127.0.0.1:50051 .run/certificates deploy/sample.log
"""
import sys
from pathlib import Path

import grpc

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "proto"))
messages, services = grpc.protos_and_services("tocsin/parser/v1/parser.proto")
common = grpc.protos("tocsin/common/v1/common.proto")


def connect(address, certificates):
    read = lambda name: (Path(certificates) / name).read_bytes()  # noqa: E731
    credentials = grpc.ssl_channel_credentials(read("ca.pem"), read("client.key"), read("client.pem"))
    return grpc.secure_channel(address, credentials, [("grpc.max_receive_message_length", 64 << 20)])


def main(address, certificates, path):
    lines = Path(path).read_bytes().splitlines()
    # All lines travel in one block: their bytes end to end, and how long each is.
    block = common.LineBlock(data=b"".join(lines), lengths=[len(line) for line in lines])
    with connect(address, certificates) as channel:
        parser = services.ParserStub(channel)
        answer = parser.Parse(messages.ParseRequest(lines=block), timeout=30)
    failures = {failure.index: failure.message for failure in answer.failures}
    for index, line in enumerate(answer.lines):
        if index in failures:
            print(f"line {index + 1} has no result: {failures[index]}")
        else:
            print(f"{line.log_type:<12} {line.template.text.decode()}")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(f"usage: {sys.argv[0]} HOST:PORT CERTIFICATES FILE")
    try:
        main(*sys.argv[1:])
    except grpc.RpcError as error:
        sys.exit(f"error: the parser answered {error.code().name}: {error.details()}")
