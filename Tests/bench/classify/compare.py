"""The classifier's models beside XGBoost and PyTorch in Python, on the same rows, in one run.

A peer computes the margins of a model: XGBoost those of the same booster.ubj (`inplace_predict`), PyTorch those of the
same head.json as `torch.nn.Linear` layers with GELU between. What it computes is compared with Tocsin's first. Rounds
are interleaved: in each, every engine is asked for a fixed time at every size of batch and number of threads.
"""

import argparse
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

import numpy
import torch
import xgboost

MARKS = ("<!-- figures -->", "<!-- end of figures -->")
parser = argparse.ArgumentParser()
parser.add_argument("--bench", required=True, help="the program classify-bench")
parser.add_argument("--root", required=True, type=pathlib.Path, help="the project's folder")
parser.add_argument("--models", help="the folder of models, if not the project's")
parser.add_argument("--rows", type=int, default=4096)
parser.add_argument("--rounds", type=int, default=5, help="rounds that count, after one that warms up")
parser.add_argument("--seconds", type=float, default=0.25, help="how long each is asked for in a round")
parser.add_argument("--record", action="store_true", help="put the figures into README.md")
options = parser.parse_args()
models = pathlib.Path(options.models or options.root / "models")
BATCHES = [size for size in (1, 64, 4096) if size <= options.rows]
THREADS = [1, 2]


def say(text):
    print(text, file=sys.stderr, flush=True)


class Tocsin:
    """The bench program, which answers a command with a line of JSON."""

    def __init__(self, rows_path):
        self.process = subprocess.Popen(
            [options.bench, str(models), str(options.root / "models/corpus"), str(options.root / "models/encoder"),
             str(options.rows), str(rows_path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.facts = self.read()

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit("classify-bench ended early: its message above says why")
        return json.loads(line)

    def ask(self, *words):
        print(*words, file=self.process.stdin, flush=True)
        return self.read()


class Trees:
    """`ml` in Python's XGBoost."""

    def __init__(self, folder, rows, columns):
        self.name = "XGBoost in Python"
        self.booster = xgboost.Booster(model_file=folder / "booster.ubj")
        self.inputs = rows

    def use(self, threads):
        self.booster.set_param({"nthread": threads})

    def margins(self, inputs):
        return self.booster.inplace_predict(inputs, predict_type="margin", validate_features=False)

    def compute(self, inputs):
        return self.booster.inplace_predict(inputs, validate_features=False)


class Head:
    """A head in PyTorch."""

    def __init__(self, folder, rows, columns):
        self.name = "PyTorch"
        file = json.loads((folder / "head.json").read_text())
        layers = []
        for layer in file["layers"]:
            weight = torch.tensor(layer["weight"])
            linear = torch.nn.Linear(weight.shape[1], weight.shape[0])
            linear.weight.data, linear.bias.data = weight, torch.tensor(layer["bias"])
            layers += [linear, torch.nn.GELU()]
        self.network = torch.nn.Sequential(*layers[:-1]).eval()
        scaled = [
            (numpy.log1p(rows[:, columns.index(each["name"])]) - each["mean"]) / each["deviation"]
            for each in file["features"]
        ]
        embedding = rows[:, : columns.index("embedding_767") + 1]
        self.inputs = torch.from_numpy(numpy.column_stack([embedding, *scaled]).astype(numpy.float32))

    def use(self, threads):
        torch.set_num_threads(threads)

    @torch.inference_mode()
    def compute(self, inputs):
        return self.network(inputs)

    def margins(self, inputs):
        return self.compute(inputs).numpy()


def peer_of(model, rows, columns):
    folder = models / model
    for file, kind in (("booster.ubj", Trees), ("head.json", Head)):
        if (folder / file).exists():
            return kind(folder, rows, columns)
    return None


def peer_rate(peer, size, threads):
    """Rows a second of one caller whose library has so many threads."""
    peer.use(threads)
    batches = [peer.inputs[start : start + size] for start in range(0, len(peer.inputs), size)][:256]
    calls, start = 0, time.perf_counter()
    while True:
        peer.compute(batches[calls % len(batches)])
        calls += 1
        elapsed = time.perf_counter() - start
        if elapsed >= options.seconds:
            return calls * size / elapsed


def check(tocsin, model, peer):
    """Both compute the same margins."""
    own = numpy.array(tocsin.ask("margins", model)["margins"]).reshape(options.rows, -1)
    # libxgboost 1.7 and Python's newer one may give every class the same constant beside the trees' sums.
    other = peer.margins(peer.inputs)
    difference = (own - other) - (own - other).mean(axis=1, keepdims=True)
    if abs(difference).max() > 1e-3:
        sys.exit(f"{model}: {peer.name} computes other margins, by up to {abs(difference).max():.4f}")


def measure(tocsin, peers):
    """Rates by (model, engine, batch size, threads), one for each round."""
    rates = {}
    for turn in range(options.rounds + 1):
        say(f"round {turn} of {options.rounds}" + ("" if turn else ", which warms up"))
        for model, peer in peers.items():
            for size in BATCHES:
                for threads in THREADS:
                    found = {"Tocsin, whole verdict": tocsin.ask("whole", model, size, threads, options.seconds)["rate"]}
                    if peer:
                        found["Tocsin, margins"] = tocsin.ask("product", model, size, threads, options.seconds)["rate"]
                        found[peer.name] = peer_rate(peer, size, threads)
                    for engine, rate in found.items():
                        rates.setdefault((model, engine, size, threads), []).append(rate)
    return {key: each[1:] for key, each in rates.items()}


def show(rate):
    return f"{float(f'{rate:.3g}'):,.0f}"


def table(rates, facts):
    yield (f"Rows a second, median (best) of {options.rounds} rounds of {options.seconds} s each, {options.rows} rows; OpenBLAS {facts['core']}, "
           f"xgboost {xgboost.__version__}, torch {torch.__version__}")
    yield ""
    heads = [f"{size}, {threads} thread{'s' * (threads > 1)}" for size in BATCHES for threads in THREADS]
    yield "| model | engine | " + " | ".join(heads) + " |"
    yield "|---|---|" + "---|" * len(heads)
    for model, engine in dict.fromkeys(key[:2] for key in rates):
        cells = [rates[model, engine, size, threads] for size in BATCHES for threads in THREADS]
        yield f"| {model} | {engine} | " + " | ".join(
            f"{show(statistics.median(each))} ({show(max(each))})" for each in cells) + " |"
    ratios = {}
    for model, engine, size, threads in rates:
        if not engine.startswith("Tocsin"):
            ratios.setdefault((model, engine), []).append(
                statistics.median(rates[model, "Tocsin, margins", size, threads])
                / statistics.median(rates[model, engine, size, threads]))
    if ratios:
        yield ""
        yield "Tocsin's margins to the peer's, medians:"
        yield ""
        yield "| model | peer | " + " | ".join(heads) + " |"
        yield "|---|---|" + "---|" * len(heads)
        for (model, engine), each in ratios.items():
            yield f"| {model} | {engine} | " + " | ".join(f"{ratio:.2f} times" for ratio in each) + " |"


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "rows")
        say(f"reading and embedding {options.rows} lines")
        tocsin = Tocsin(path)
        columns = tocsin.facts["columns"]
        rows = numpy.fromfile(path, dtype="<f4").reshape(options.rows, len(columns))
    peers = {model: peer_of(model, rows, columns) for model in tocsin.facts["models"]}
    for model, peer in peers.items():
        if peer:
            check(tocsin, model, peer)
    text = "\n".join(table(measure(tocsin, peers), tocsin.facts))
    print(text)
    if options.record:
        readme = pathlib.Path(__file__).with_name("README.md")
        pattern = re.compile(f"{MARKS[0]}.*{MARKS[1]}", re.DOTALL)
        readme.write_text(pattern.sub(lambda _: f"{MARKS[0]}\n\n{text}\n\n{MARKS[1]}", readme.read_text()))


if __name__ == "__main__":
    main()
