#!/usr/bin/env python3
"""Times Tocsin's encoder beside ONNX Runtime and OpenVINO: same weights, same tokens, same threads, in turns.

    pip install torch transformers onnx onnxscript onnxruntime openvino nncf
    ./compare.py export  --bench .build/release/encoder-bench --encoder models/encoder --texts TEXTS
    ./compare.py fp32    ... the same options        sorted and arrival order, latency, fraction of the products' speed
    ./compare.py int8    ...
    ./compare.py latency ...                         of one text alone, both precisions; it takes half a minute
    ./compare.py tokenize ...                        WordPiece on one core, beside Hugging Face's tokenizers
    ./compare.py quality ...                         cosine of each engine's 8-bit vectors to its fp32 ones
    ./compare.py fp32 --base ...                     bert-base's sizes with random weights, in place of --encoder's

`export` writes the peers' models to --work once; each other part takes less than four minutes. TEXTS holds one text a
line; equal lines are dropped, since Tocsin would compute them once. Tocsin's figures include WordPiece and its queue;
the peers get token ids, padded to the longest text of each batch of 32, and compute the last hidden state only. 8-bit
peers: ONNX Runtime's dynamic quantisation, OpenVINO's by NNCF, calibrated on other texts of the file, both for
transformers and by channel. Prints, for each, median and minimum of the rounds, in texts a second, and ratios of
medians. "products" are the linear layers' matrix products alone, "shared" is Tocsin in sorted order with one pass at a
time and all threads inside each product.
"""

import argparse
import functools
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import time

import numpy
import onnxruntime
import openvino

parser = argparse.ArgumentParser()
parser.add_argument("part", choices=["export", "fp32", "int8", "latency", "tokenize", "quality"])
parser.add_argument("--bench", required=True)
parser.add_argument("--encoder", required=True)
parser.add_argument("--texts", required=True)
parser.add_argument("--base", action="store_true", help="bert-base's sizes, random weights")
parser.add_argument("--work", default=".build/encoder-bench", help="where the peers' models are kept")
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--count", type=int, help="texts in one round; 256, with --base 48, to tokenize 4096, of quality 2000")
parser.add_argument("--rounds", type=int, default=5)
options = parser.parse_args()
BATCH = 32
precision = "int8" if options.part == "int8" else "fp32"
work = pathlib.Path(options.work) / ("base" if options.base else "encoder")
work.mkdir(parents=True, exist_ok=True)
encoder = str(work / "checkpoint") if options.base else options.encoder
count = options.count or {"tokenize": 4096, "quality": 2000}.get(options.part, 48 if options.base else 256)

lines = sorted(set(pathlib.Path(options.texts).read_bytes().split(b"\n")) - {b""})
random.Random(1).shuffle(lines)


def say(text):
    print(text, file=sys.stderr, flush=True)


def padded(group):
    ids = numpy.zeros((len(group), max(map(len, group))), dtype=numpy.int64)
    mask = numpy.zeros_like(ids)
    for row, sequence in enumerate(group):
        ids[row, : len(sequence)] = sequence
        mask[row, : len(sequence)] = 1
    return {"input_ids": ids, "attention_mask": mask}


def batches(sequences):
    return [padded(sequences[start : start + BATCH]) for start in range(0, len(sequences), BATCH)]


class Tocsin:
    """The bench program, which answers a command with a line of JSON."""

    def __init__(self, precision, texts):
        path = work / f"texts-{precision}"
        path.write_bytes(b"\n".join(texts) + b"\n")
        self.process = subprocess.Popen(
            [options.bench, encoder, str(path), str(options.threads), precision], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)
        self.facts = json.loads(self.process.stdout.readline())

    def ask(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def seconds(self, command):
        return self.ask(command)["seconds"]


def export():
    import nncf
    import torch
    import transformers
    from onnxruntime.quantization import QuantType, quantize_dynamic

    if options.base:
        torch.manual_seed(1)
        transformers.BertModel(transformers.BertConfig()).save_pretrained(encoder)
        pathlib.Path(encoder, "vocab.txt").write_bytes(pathlib.Path(options.encoder, "vocab.txt").read_bytes())
    model = transformers.AutoModel.from_pretrained(encoder, dtype=torch.float32, attn_implementation="eager").eval()

    class LastHiddenState(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model

        def forward(self, input_ids, attention_mask):
            return self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state

    say("exporting fp32")
    example = (torch.ones(2, 16, dtype=torch.int64), torch.ones(2, 16, dtype=torch.int64))
    axes = {0: torch.export.Dim("batch"), 1: torch.export.Dim("length", max=512)}
    torch.onnx.export(
        LastHiddenState().eval(), example, str(work / "fp32.onnx"), input_names=["input_ids", "attention_mask"],
        output_names=["hidden"], dynamic_shapes=(axes, axes), dynamo=True, verbose=False)
    say("quantising for ONNX Runtime")
    quantize_dynamic(str(work / "fp32.onnx"), str(work / "int8.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    say("quantising for OpenVINO")
    ids = Tocsin("fp32", lines[count : count + 300]).facts["ids"]
    quantized = nncf.quantize(
        openvino.Core().read_model(str(work / "fp32.onnx")), nncf.Dataset(ids, lambda one: padded([one])),
        model_type=nncf.ModelType.TRANSFORMER, subset_size=len(ids))
    openvino.save_model(quantized, str(work / "int8.xml"), compress_to_fp16=False)


@functools.cache
def onnx_session(precision):
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = options.threads
    return onnxruntime.InferenceSession(
        str(work / f"{precision}.onnx"), settings, providers=["CPUExecutionProvider"])


@functools.cache
def openvino_model(precision, hint):
    file = "fp32.onnx" if precision == "fp32" else "int8.xml"
    return openvino.Core().compile_model(
        str(work / file), "CPU",
        {"INFERENCE_NUM_THREADS": options.threads, "PERFORMANCE_HINT": hint, "INFERENCE_PRECISION_HINT": "f32"})


def run_onnx(groups):
    for group in groups:
        onnx_session(precision).run(None, group)


def run_openvino(groups):
    queue = openvino.AsyncInferQueue(openvino_model(precision, "THROUGHPUT"))
    for group in groups:
        queue.start_async(group)
    queue.wait_all()


def timed(function, *arguments):
    start = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - start


def latencies(tocsin, precision):
    """The median seconds of one text alone, by engine, in turns."""
    short = 24 if options.base else 60
    groups = [padded([sequence]) for sequence in tocsin.facts["ids"][:short]]

    def latency(infer):
        return statistics.median(timed(infer, group) for group in groups)

    return {
        "tocsin": tocsin.seconds(f"latency {short}"),
        "onnxruntime": latency(lambda group: onnx_session(precision).run(None, group)),
        "openvino": latency(openvino_model(precision, "LATENCY")),
    }


def print_latencies(rounds, label="latency"):
    """The medians and minima of the rounds, the first of which warmed up."""
    median = {engine: statistics.median(turn[engine] for turn in rounds[1:]) for engine in rounds[0]}
    for engine, seconds in median.items():
        least = min(turn[engine] for turn in rounds[1:])
        print(f"  {label:8} {engine:12} {1000 * seconds:8.2f} ms median {1000 * least:8.2f} ms min")
    best = min((engine for engine in median if engine != "tocsin"), key=median.get)
    print(f"{label}: {median['tocsin'] / median[best]:.3f} of {best}'s time")


def latency():
    for precision in ("fp32", "int8"):
        tocsin = Tocsin(precision, lines[:count])
        rounds = [latencies(tocsin, precision) for _ in range(options.rounds + 1)]
        print_latencies(rounds, f"latency {precision}")


def compare():
    tocsin = Tocsin(precision, lines[:count])
    facts, ids = tocsin.facts, tocsin.facts["ids"]
    orders = {"arrival": batches(ids), "sorted": batches(sorted(ids, key=len))}
    figures: dict[tuple[str, str], list[float]] = {}
    cores: list[float] = []
    alone = []
    for turn in range(options.rounds + 1):  # the first warms up and is not counted
        say(f"round {turn} of {options.rounds}")
        for order, groups in orders.items():
            own = tocsin.ask(order)
            cores.append(own["cores"])
            results = {
                "tocsin": own["seconds"], "onnxruntime": timed(run_onnx, groups),
                "openvino": timed(run_openvino, groups),
            }
            for engine, seconds in results.items():
                figures.setdefault((order, engine), []).append(seconds)
        if precision == "fp32":
            figures.setdefault(("products", "tocsin"), []).append(tocsin.seconds("products"))
            figures.setdefault(("shared", "tocsin"), []).append(tocsin.seconds("shared"))
        alone.append(latencies(tocsin, precision))

    median = {key: statistics.median(seconds[1:]) for key, seconds in figures.items()}
    padding = {order: sum(group["input_ids"].size for group in groups) / facts["tokens"]
               for order, groups in orders.items()}
    print(f"{precision}, {'bert-base sizes' if options.base else options.encoder}: {facts['texts']} texts, "
          f"{facts['tokens']} tokens, {options.threads} threads, OpenBLAS {facts['core']}, {facts['int8Kernel']}; "
          f"onnxruntime {onnxruntime.__version__}, openvino {openvino.__version__.split('-')[0]}")
    print(f"tocsin keeps {statistics.median(cores):.2f} cores busy; it loaded in {facts['loadSeconds']:.2f} s")
    print("tokens that the peers compute, padding included: "
          + ", ".join(f"{order} {factor:.2f}" for order, factor in padding.items()) + " of the texts' own")
    for (what, engine), seconds in figures.items():
        low, middle = min(seconds[1:]), median[what, engine]
        print(f"  {what:8} {engine:12} {facts['texts'] / middle:8.1f} texts/s median {facts['texts'] / low:8.1f} "
              f"best {facts['flops'] / middle / 1e9:6.0f} GFLOP/s")
    if precision == "fp32":
        fractions = [
            products / seconds for products, seconds in zip(figures["products", "tocsin"], figures["sorted", "tocsin"])
        ][1:]
        print(f"of the products' speed alone: {statistics.median(fractions):.3f}")
    for what in ("sorted", "arrival"):
        peers = {engine: median[what, engine] for engine in ("onnxruntime", "openvino")}
        best = min(peers, key=peers.get)
        print(f"{what}: {peers[best] / median[what, 'tocsin']:.3f} times as fast as {best}")
    print_latencies(alone)


def tokenize():
    """Tokens a second on one core, of the same ids."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    import tokenizers

    peer = tokenizers.BertWordPieceTokenizer(str(pathlib.Path(encoder, "vocab.txt")), lowercase=True)
    peer.enable_truncation(128)
    texts = [line.decode(errors="replace") for line in lines[:count]]
    tocsin = Tocsin("fp32", lines[:count])
    differing = sum(
        own != other.ids for own, other in zip(tocsin.facts["ids"], peer.encode_batch(texts), strict=True))
    seconds: dict[str, list[float]] = {"tocsin": [], "tokenizers": []}
    for _ in range(options.rounds + 1):  # the first warms up and is not counted
        seconds["tocsin"].append(tocsin.seconds("tokenize 4") / 4)
        seconds["tokenizers"].append(timed(peer.encode_batch, texts))
    print(f"WordPiece on one core: {len(texts)} texts, {tocsin.facts['tokens']} tokens, {differing} texts cut otherwise; "
          f"tokenizers {tokenizers.__version__}")
    for engine, times in seconds.items():
        speeds = [tocsin.facts["tokens"] / time / 1e6 for time in times[1:]]
        print(f"  {engine:12} {statistics.median(speeds):8.2f} million tokens/s median {max(speeds):8.2f} max")


def quality():
    """Cosines of the first token's state, and of Tocsin's whole embedding."""
    ids = Tocsin("fp32", lines[:count]).facts["ids"]
    groups = batches(sorted(ids, key=len))

    def first_tokens(infer):
        return numpy.concatenate([infer(group)[:, 0] for group in groups])

    def cosine(a, b):
        return (a * b).sum(1) / numpy.linalg.norm(a, axis=1) / numpy.linalg.norm(b, axis=1)

    exact = first_tokens(lambda group: onnx_session("fp32").run(None, group)[0])
    cosines = {
        "onnxruntime": cosine(exact, first_tokens(lambda group: onnx_session("int8").run(None, group)[0])),
        "openvino": cosine(exact, first_tokens(lambda group: openvino_model("int8", "THROUGHPUT")(group)["hidden"])),
    }
    width = exact.shape[1]
    vectors = {
        precision: numpy.array(Tocsin(precision, lines[:count]).ask("vectors")["vectors"])
        for precision in ("fp32", "int8")
    }
    cosines["tocsin"] = cosine(vectors["fp32"][:, :width], vectors["int8"][:, :width])
    cosines["embedding"] = cosine(vectors["fp32"], vectors["int8"])
    print(f"{count} texts")
    for engine, values in cosines.items():
        print(f"  int8 {engine:12} cosine to fp32: mean {values.mean():.5f}, worst {values.min():.5f}")


{"export": export, "fp32": compare, "int8": compare, "latency": latency, "tokenize": tokenize, "quality": quality}[
    options.part
]()
