"""Tocsin's parser beside drain3, on the same messages in the same order, in one run.

Accuracy is that of the log-parsing benchmark (GA, FGA, PA, FTA); speed is per second of processor time on one core.
drain3 masks with the instructions of its own example configuration.
"""
import csv
import json
import logging
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict

from drain3 import TemplateMiner
from drain3.masking import MaskingInstruction
from drain3.template_miner_config import TemplateMinerConfig

MASKS = [
    (r"((?<=[^A-Za-z0-9])|^)(([0-9a-f]{2,}:){3,}([0-9a-f]{2,}))((?=[^A-Za-z0-9])|$)", "ID"),
    (r"((?<=[^A-Za-z0-9])|^)(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})((?=[^A-Za-z0-9])|$)", "IP"),
    (r"((?<=[^A-Za-z0-9])|^)([0-9a-f]{6,} ?){3,}((?=[^A-Za-z0-9])|$)", "SEQ"),
    (r"((?<=[^A-Za-z0-9])|^)([0-9A-F]{4} ?){4,}((?=[^A-Za-z0-9])|$)", "SEQ"),
    (r"((?<=[^A-Za-z0-9])|^)(0x[a-f0-9A-F]+)((?=[^A-Za-z0-9])|$)", "HEX"),
    (r"((?<=[^A-Za-z0-9])|^)([\-\+]?\d+)((?=[^A-Za-z0-9])|$)", "NUM"),
]
MEASURES = ["GA", "FGA", "PA", "FTA"]
STAGES = [
    "detect + parse", "LineParser.parse", "LineParser.parse, forms seen before",
    "LineParser.parse and every line's strings", "masking", "masking + Drain", "masking + Drain, forms seen before",
]
# What the parser must reach, in lines a second.
BARS = {"detect + parse": 1_000_000, "LineParser.parse, forms seen before": 300_000}


def miner(masks=True):
    config = TemplateMinerConfig()
    config.masking_instructions = [MaskingInstruction(*mask) for mask in MASKS] if masks else []
    return TemplateMiner(config=config)


def score(groups, templates, truth):
    templates = [" ".join(text.split()) for text in templates]
    truth = [" ".join(text.split()) for text in truth]
    mined, expected = defaultdict(list), defaultdict(list)
    for index, (group, template) in enumerate(zip(groups, truth)):
        mined[group].append(index)
        expected[template].append(index)
    right = [lines for lines in expected.values() if mined[groups[lines[0]]] == lines]
    right_templates = sum(all(templates[i] == t for i in lines) for t, lines in expected.items())
    return {
        "GA": sum(map(len, right)) / len(truth),
        "FGA": 2 * len(right) / (len(mined) + len(expected)),
        "PA": sum(a == b for a, b in zip(templates, truth)) / len(truth),
        "FTA": 2 * right_templates / (len(set(templates)) + len(expected)),
    }


def drain3_accuracy(contents, truth):
    tree = miner()
    clusters = [tree.add_log_message(text)["cluster_id"] for text in contents]
    final = {cluster.cluster_id: cluster.get_template() for cluster in tree.drain.clusters}
    for kind in {kind for _, kind in MASKS}:
        final = {key: text.replace(f"<{kind}>", "<*>") for key, text in final.items()}
    return score(clusters, [final[cluster] for cluster in clusters], truth)


def drain3_rate(messages, masks):
    tree = miner(masks)
    start = time.process_time()
    for text in messages:
        tree.add_log_message(text)
    return len(messages) / (time.process_time() - start)


def run(program, *arguments):
    output = subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def rows(path):
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        return list(csv.DictReader(file))


def figures(report):
    return " ".join(f"{report[measure]:6.3f}" for measure in MEASURES)


def mean(reports):
    return {measure: statistics.mean(report[measure] for report in reports) for measure in MEASURES}


def show_accuracy(reports, peer):
    for truth in ["loghub_2k", "loghub_2k_corrected"]:
        own = {r["source"]: r for r in reports if r["truth"] == truth and "source" in r}
        halves = next(r["heldOut"] for r in reports if r["truth"] == truth and "heldOut" in r)
        held_out = {r["source"]: r for half in halves for r in half["sources"]}
        names = " ".join(f"{measure:>6}" for measure in MEASURES)
        print(f"\n{truth}: the shipped settings, settings chosen on the other half of the sources, and drain3")
        print(f"{'':12} {names}   {names}   {names}")
        for source in sorted(own):
            print(f"{source:12} {figures(own[source])}   {figures(held_out[source])}   {figures(peer[truth, source])}")
        means = [mean(own.values()), mean(held_out.values()), mean([peer[truth, source] for source in own])]
        print(f"{'mean':12} " + "   ".join(figures(m) for m in means))
        for half in halves:
            settings = {key: value for key, value in half.items() if key != "sources"}
            print(f"chosen for {', '.join(r['source'] for r in half['sources'])}: {settings}")


def show_speed(rates, messages):
    best = {stage: max(r[stage] for r in rates) for stage in STAGES}
    plain = max(drain3_rate(messages, masks=False) for _ in range(3))
    masked = max(drain3_rate(messages, masks=True) for _ in range(3))
    print(f"\n{len(messages)} lines of all sources, shuffled; thousands a second of processor time, best of {len(rates)}")
    for stage in STAGES:
        bar = f"   (the bar is {BARS[stage] // 1000})" if stage in BARS else ""
        print(f"  Tocsin  {stage:42} {best[stage] / 1000:8.0f}{bar}")
    print(f"  drain3  {'Drain, no masking':42} {plain / 1000:8.0f}")
    print(f"  drain3  {'masking + Drain':42} {masked / 1000:8.0f}")
    factor = best["masking + Drain"] / masked
    print(f"  masking + Drain: {factor:.1f} times drain3 (the bar is 8)")
    return factor >= 8 and all(best[stage] >= bar for stage, bar in BARS.items())


def main(program, datasets, templates):
    logging.disable(logging.CRITICAL)
    lines, peer = [], {}
    for truth in ["loghub_2k", "loghub_2k_corrected"]:
        for path in sorted(pathlib.Path(datasets, truth).glob("*structured*.csv")):
            source = path.name.split("_")[0]
            table = rows(path)
            contents = [row["Content"] for row in table]
            peer[truth, source] = drain3_accuracy(contents, [row["EventTemplate"] for row in table])
            if truth == "loghub_2k":
                raw = pathlib.Path(datasets, truth, f"{source}_2k.log").read_text("utf-8", "replace").split("\n")
                lines += zip([line for line in raw if line], [text.replace("\n", " ") for text in contents])
    random.Random(1).shuffle(lines)
    with tempfile.TemporaryDirectory() as folder:
        paths = [pathlib.Path(folder, name) for name in ["lines", "messages"]]
        for path, texts in zip(paths, zip(*lines)):
            path.write_text("\n".join(texts), "utf-8")
        rates = [report["rates"] for report in run(program, "speed", *paths, templates)]
    show_accuracy(run(program, "accuracy", datasets), peer)
    return 0 if show_speed(rates, [message for _, message in lines]) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
