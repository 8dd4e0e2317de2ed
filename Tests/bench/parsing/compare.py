"""Tocsin's template miner beside drain3's, on the same messages in the same order, in one run.

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
from collections import Counter, defaultdict

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


def main(program, datasets):
    logging.disable(logging.CRITICAL)
    messages, peer = [], {}
    for truth in ["loghub_2k", "loghub_2k_corrected"]:
        for path in sorted(pathlib.Path(datasets, truth).glob("*structured*.csv")):
            with open(path, encoding="utf-8", errors="replace", newline="") as file:
                rows = list(csv.DictReader(file))
            source = path.name.split("_")[0]
            contents = [row["Content"] for row in rows]
            peer[truth, source] = drain3_accuracy(contents, [row["EventTemplate"] for row in rows])
            if truth == "loghub_2k":
                messages += [text.replace("\n", " ") for text in contents]
    random.Random(1).shuffle(messages)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
        file.write("\n".join(messages))
        file.flush()
        output = subprocess.run([program, datasets, file.name], check=True, capture_output=True, text=True).stdout
    reports = [json.loads(line) for line in output.splitlines()]

    for truth in ["loghub_2k", "loghub_2k_corrected"]:
        own = {report["source"]: report for report in reports if report.get("truth") == truth}
        print(f"\n{truth}\n{'':12}  Tocsin {' '.join(f'{m:>6}' for m in MEASURES)}   drain3")
        for source in sorted(own):
            figures = [own[source][m] for m in MEASURES] + [peer[truth, source][m] for m in MEASURES]
            print(f"{source:12}         " + " ".join(f"{f:6.3f}" for f in figures))
        means = [statistics.mean(own[s][m] for s in own) for m in MEASURES]
        means += [statistics.mean(peer[truth, s][m] for s in own) for m in MEASURES]
        print(f"{'mean':12}         " + " ".join(f"{f:6.3f}" for f in means))

    runs = [report for report in reports if "masking" in report]
    print(f"\n{len(messages)} messages of all sources, shuffled; thousands a second of processor time, best of five")
    for name in ["masking", "masking + Drain", "masking + Drain, forms seen before"]:
        print(f"  Tocsin  {name:36} {max(run[name] for run in runs) / 1000:8.0f}")
    plain = max(drain3_rate(messages, masks=False) for _ in range(3))
    masked = max(drain3_rate(messages, masks=True) for _ in range(3))
    print(f"  drain3  {'Drain, no masking':36} {plain / 1000:8.0f}")
    print(f"  drain3  {'masking + Drain':36} {masked / 1000:8.0f}")
    factor = max(run["masking + Drain"] for run in runs) / masked
    print(f"  masking + Drain: {factor:.1f} times drain3 (the bar is 8)")
    return 0 if factor >= 8 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
