#!/usr/bin/env python3
"""Times Tocsin's encoder beside ONNX Runtime and OpenVINO: same weights, same tokens, same threads, in turns.

    pip install torch transformers onnx onnxscript onnxruntime openvino
    ./compare.py --bench .build/release/encoder-bench --encoder models/encoder --texts TEXTS [--threads 2]
    ./compare.py ... --random-base     bert-base's sizes with random weights, in place of --encoder's

TEXTS holds one text a line; equal lines are dropped, since Tocsin would compute them once. Tocsin's figures include
WordPiece and its queue; the peers get token ids, padded to the longest text of each batch of 32, and compute the last
hidden state only. Prints, for each, minimum and median of the rounds, in texts a second, and ratios of medians.
"""

import argparse
import json
import pathlib
import random
import statistics
import subprocess
import tempfile
import time

import numpy
import onnxruntime
import openvino
import torch
import transformers

parser = argparse.ArgumentParser()
parser.add_argument("--bench", required=True)
parser.add_argument("--encoder", required=True)
parser.add_argument("--texts", required=True)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--count", type=int, default=512, help="texts to embed in one round")
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--random-base", action="store_true")
options = parser.parse_args()
BATCH = 32
work = pathlib.Path(tempfile.mkdtemp(prefix="encoder-bench-"))

lines = sorted(set(pathlib.Path(options.texts).read_bytes().split(b"\n")) - {b""})
random.Random(1).shuffle(lines)
(work / "texts").write_bytes(b"\n".join(lines[: options.count]) + b"\n")

encoder = options.encoder
if options.random_base:
    encoder = str(work / "base")
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


example = (torch.ones(2, 16, dtype=torch.int64), torch.ones(2, 16, dtype=torch.int64))
axes = {0: torch.export.Dim("batch"), 1: torch.export.Dim("length", max=512)}
torch.onnx.export(
    LastHiddenState().eval(), example, str(work / "model.onnx"), input_names=["input_ids", "attention_mask"],
    output_names=["hidden"], dynamic_shapes=(axes, axes), dynamo=True, verbose=False)

session_options = onnxruntime.SessionOptions()
session_options.intra_op_num_threads = options.threads
session = onnxruntime.InferenceSession(str(work / "model.onnx"), session_options, providers=["CPUExecutionProvider"])
compiled = {
    hint: openvino.Core().compile_model(
        str(work / "model.onnx"), "CPU",
        {"INFERENCE_NUM_THREADS": options.threads, "PERFORMANCE_HINT": hint, "INFERENCE_PRECISION_HINT": "f32"})
    for hint in ("THROUGHPUT", "LATENCY")
}


def padded(group):
    ids = numpy.zeros((len(group), max(map(len, group))), dtype=numpy.int64)
    mask = numpy.zeros_like(ids)
    for row, sequence in enumerate(group):
        ids[row, : len(sequence)] = sequence
        mask[row, : len(sequence)] = 1
    return {"input_ids": ids, "attention_mask": mask}


def run_onnx(batches):
    for batch in batches:
        session.run(None, batch)


def run_openvino(batches):
    queue = openvino.AsyncInferQueue(compiled["THROUGHPUT"])
    for batch in batches:
        queue.start_async(batch)
    queue.wait_all()


def timed(function, *arguments):
    start = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - start


bench = subprocess.Popen(
    [options.bench, encoder, str(work / "texts"), str(options.threads)], stdin=subprocess.PIPE,
    stdout=subprocess.PIPE, text=True)
facts = json.loads(bench.stdout.readline())
ids = facts["ids"]


def tocsin(command):
    bench.stdin.write(command + "\n")
    bench.stdin.flush()
    return json.loads(bench.stdout.readline())["seconds"]


def median_latency(infer):
    return statistics.median(timed(infer, padded([sequence])) for sequence in ids[:60])


orders = {"arrival": ids, "sorted": sorted(ids, key=len)}
figures: dict[tuple[str, str], list[float]] = {}
for turn in range(options.rounds + 1):  # the first warms up and is not counted
    for order, sequences in orders.items():
        batches = [padded(sequences[start : start + BATCH]) for start in range(0, len(sequences), BATCH)]
        results = {
            "tocsin": tocsin(order), "onnxruntime": timed(run_onnx, batches), "openvino": timed(run_openvino, batches)
        }
        for engine, seconds in results.items():
            figures.setdefault((order, engine), []).append(seconds)
    figures.setdefault(("products", "tocsin"), []).append(tocsin("products"))
    figures.setdefault(("latency", "tocsin"), []).append(tocsin("latency"))
    figures.setdefault(("latency", "onnxruntime"), []).append(median_latency(lambda batch: session.run(None, batch)))
    figures.setdefault(("latency", "openvino"), []).append(median_latency(compiled["LATENCY"]))
bench.stdin.close()

print(f"{facts['texts']} texts, {facts['tokens']} tokens, {options.threads} threads, OpenBLAS {facts['core']}; "
      f"onnxruntime {onnxruntime.__version__}, openvino {openvino.__version__.split('-')[0]}")
for (what, engine), seconds in figures.items():
    low, middle = min(seconds[1:]), statistics.median(seconds[1:])
    if what == "latency":
        print(f"  {what:8} {engine:12} {1000 * low:8.2f} ms min {1000 * middle:8.2f} ms median")
    else:
        print(f"  {what:8} {engine:12} {facts['texts'] / middle:8.1f} texts/s median {facts['texts'] / low:8.1f} best "
              f"{facts['flops'] / middle / 1e9:6.0f} GFLOP/s")
median = {key: statistics.median(seconds[1:]) for key, seconds in figures.items()}
best = {what: min(median[what, "onnxruntime"], median[what, "openvino"]) for what in ("arrival", "sorted", "latency")}
print(f"of the products' speed alone: {median['products', 'tocsin'] / median['sorted', 'tocsin']:.3f}")
for what, peer in best.items():
    print(f"{what}: {peer / median[what, 'tocsin']:.3f} times the best peer")
