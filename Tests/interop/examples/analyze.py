#!/usr/bin/env python3
"""Sends the lines of a file to the edge over gRPC with mutual TLS: in one call, then as a stream of batches.

    python3 -m pip install grpcio grpcio-tools
    python3 Tests/interop/examples/analyze.py 127.0.0.1:50050 .run/certificates deploy/sample.log
"""
import sys
from pathlib import Path

import grpc

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "proto"))
messages, services = grpc.protos_and_services("tocsin/edge/v1/edge.proto")
common = grpc.protos("tocsin/common/v1/common.proto")


def connect(address, certificates):
    read = lambda name: (Path(certificates) / name).read_bytes()  # noqa: E731
    credentials = grpc.ssl_channel_credentials(read("ca.pem"), read("client.key"), read("client.pem"))
    return grpc.secure_channel(address, credentials, [("grpc.max_receive_message_length", 64 << 20)])


def request(lines):
    # All lines travel in one block: their bytes end to end, and how long each is.
    block = common.LineBlock(data=b"".join(lines), lengths=[len(line) for line in lines])
    return messages.AnalyzeRequest(lines=block)


def main(address, certificates, path):
    lines = Path(path).read_bytes().splitlines()
    with connect(address, certificates) as channel:
        analyzer = services.AnalyzerStub(channel)
        answer = analyzer.Analyze(request(lines), timeout=30)
        failures = {failure.index: failure.message for failure in answer.failures}
        for index, line in enumerate(answer.lines):
            if index in failures:
                print(f"line {index + 1} has no verdict: {failures[index]}")
            else:
                print(f"{line.class_name:<18} {line.confidence:4.0%}  {line.template.decode()}")
        # Batches may also come over time: one answer for each, in order, while the next are being read.
        batches = (request(lines[start : start + 8]) for start in range(0, len(lines), 8))
        for number, answer in enumerate(analyzer.AnalyzeStream(batches, timeout=30), 1):
            print(f"batch {number}: {answer.summary.anomaly_rate:.0%} of {len(answer.lines)} lines are not normal")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(f"usage: {sys.argv[0]} HOST:PORT CERTIFICATES FILE")
    try:
        main(*sys.argv[1:])
    except grpc.RpcError as error:
        sys.exit(f"error: the edge answered {error.code().name}: {error.details()}")
