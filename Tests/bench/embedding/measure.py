"""See `run`: what two replicas give over one, and what memory the service takes."""
import json
import os
import random
import statistics
import struct
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "interop"))

from channels import channel  # noqa: E402
from places import ENCODER  # noqa: E402
from service import Service  # noqa: E402
from tocsin.common.v1 import common_pb2  # noqa: E402
from tocsin.embedding.v1 import embedding_pb2, embedding_pb2_grpc  # noqa: E402

SIZES = json.loads((ENCODER / "config.json").read_text())
TICK = os.sysconf("SC_CLK_TCK")


def request(texts, variant=""):
    flat = [number for text in texts for number in text]
    block = embedding_pb2.TokenBlock(ids=struct.pack(f"<{len(flat)}i", *flat), lengths=[len(text) for text in texts])
    return embedding_pb2.EmbedRequest(tokens=block, variant=variant)


def random_text(chance, length):
    return [101, *(chance.randrange(1000, SIZES["vocab_size"]) for _ in range(length - 2)), 102]


def cpu_seconds(service):
    fields = Path(f"/proc/{service.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory(service):
    """Resident now and at most, in MB."""
    fields = dict(
        line.split(":", 1) for line in Path(f"/proc/{service.process.pid}/status").read_text().splitlines() if ":" in line
    )
    return [int(fields[name].split()[0]) * 1024 / 1e6 for name in ("VmRSS", "VmHWM")]


def scaling(folder, rounds=5, count=1536):
    # Lengths as of raw log lines: 59 tokens in the mean. No vector is cached: every text is computed in every round.
    chance = random.Random(1)
    texts = [random_text(chance, min(128, max(8, int(chance.gauss(59, 25))))) for _ in range(count)]
    requests = [request(texts[start : start + 32]) for start in range(0, len(texts), 32)]
    replicas = [
        Service(
            "embedding", folder / f"log-{core}", "--encoder", ENCODER, "--threads", "1", "--max-cache-bytes", "0",
            "--models", folder, under=["taskset", "-c", str(core)],
        )
        for core in (0, 1)
    ]
    channels = [channel(replica.port) for replica in replicas]
    stubs = [embedding_pb2_grpc.EmbeddingStub(each) for each in channels]

    def measure(count):
        """Lines a second and lines a CPU second of the first `count` replicas, which take the requests by turns."""
        before = [cpu_seconds(replica) for replica in replicas[:count]]
        start = time.monotonic()
        # One request waits at each replica while another is computed, so that none idles.
        with ThreadPoolExecutor(3 * count) as pool:
            calls = [pool.submit(stubs[n % count].Embed, each, timeout=120) for n, each in enumerate(requests)]
            answered = sum(len(call.result().token_counts) for call in calls)
        assert answered == len(texts)
        cpu = sum(cpu_seconds(replica) for replica in replicas[:count]) - sum(before)
        return len(texts) / (time.monotonic() - start), len(texts) / cpu

    try:
        for count in (1, 2):
            measure(count)
        ratios, efficiencies = [], []
        print("round  one: lines/s  per CPU s   two: lines/s  per CPU s   ratio  per CPU s")
        for number in range(rounds):
            one, two = measure(1), measure(2)
            ratios.append(two[0] / one[0])
            efficiencies.append(two[1] / one[1])
            print(
                f"{number + 1:5}  {one[0]:12.1f}  {one[1]:9.1f}  {two[0]:13.1f}  {two[1]:9.1f}"
                f"  {ratios[-1]:6.3f}  {efficiencies[-1]:9.3f}",
                flush=True,
            )
        print(
            f"two replicas: {statistics.median(ratios):.2f} times one (least {min(ratios):.2f}; at least 1.6 is asked), "
            f"lines a CPU second {statistics.median(efficiencies):.3f} of one's (0.95 to 1.05 is asked)"
        )
    finally:
        for each in channels:
            each.close()
        for replica in replicas:
            replica.stop()


def write_adapters(path, encoder_sha256):
    """Random adapters of rank 8, as SafeTensorsWriter writes them."""
    path.parent.mkdir(parents=True)
    hidden, header, data = SIZES["hidden_size"], {}, b""
    for layer in range(SIZES["num_hidden_layers"]):
        for part in ("query", "value"):
            for name, shape in (("lora_A", [8, hidden]), ("lora_B", [hidden, 8])):
                values = struct.pack(f"<{8 * hidden}f", *(random.uniform(-0.02, 0.02) for _ in range(8 * hidden)))
                header[f"encoder.layer.{layer}.attention.self.{part}.{name}.weight"] = {
                    "dtype": "F32", "shape": shape, "data_offsets": [len(data), len(data) + len(values)],
                }
                data += values
    header["__metadata__"] = {"r": "8", "alpha": "16", "encoder_sha256": encoder_sha256}
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def memory_of_variants(folder):
    alone = Service("embedding", folder / "log-base", "--encoder", ENCODER, "--variants", "base")
    with channel(alone.port) as one:
        info = embedding_pb2_grpc.EmbeddingStub(one).Info(common_pb2.InfoRequest(), timeout=10)
    base = memory(alone)[0]
    alone.stop()
    variants = ["lora", "dann", "hybrid"]
    for variant in variants:
        write_adapters(folder / "models" / variant / "adapter.safetensors", info.models[0].sha256)
    service = Service("embedding", folder / "log", "--encoder", ENCODER, "--models", folder / "models")
    print(f"one variant, warm: {base:.0f} MB; four: {memory(service)[0]:.0f} MB")
    chance = random.Random(2)
    try:
        with channel(service.port) as four:
            stub = embedding_pb2_grpc.EmbeddingStub(four)
            for number in range(44):  # more than the cache holds
                texts = [random_text(chance, 4) for _ in range(1000)]
                stub.Embed(request(texts, ["base", *variants][number % 4]), timeout=120)
                if number % 11 == 10:
                    print(f"{number + 1} calls of 1000 texts: {memory(service)[0]:.0f} MB", flush=True)
            # Large answers and full passes of the longest texts.
            for number in range(8):
                texts = [random_text(chance, 128) for _ in range(64)]
                stub.Embed(request(texts, ["base", *variants][number % 4]), timeout=120)
        now, most = memory(service)
        print(f"four variants, cache full: {now:.0f} MB, at most {most:.0f} MB (below 400 is asked)")
    finally:
        service.stop()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        if sys.argv[1:2] == ["scaling"]:
            scaling(Path(folder), *map(int, sys.argv[2:4]))
        elif sys.argv[1:] == ["memory"]:
            memory_of_variants(Path(folder))
        else:
            sys.exit("usage: Tests/bench/embedding/run scaling [ROUNDS [TEXTS]] | memory")
