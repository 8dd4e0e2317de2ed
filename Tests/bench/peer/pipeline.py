"""The analysis of a line as the original describes it: format, template, embedding, 790 features, XGBoost.

Written from its description. Where that leaves a choice, the faster one is taken: patterns are compiled once, the model
reads the rows of a request as one matrix, and all texts of a request are embedded in batches.
"""
import os
import re
from collections import OrderedDict
from threading import Lock

import numpy
import torch
import xgboost
from drain3 import TemplateMiner
from drain3.template_miner_config import TemplateMinerConfig
from transformers import AutoModel, AutoTokenizer

CLASSES = [
    "normal", "security_anomaly", "system_failure", "performance_issue", "network_anomaly", "config_error",
    "hardware_issue",
]
BATCH_SIZE = 16
MAX_LENGTH = 128

# The header of each of the 16 log types; the message is what is behind it.
FORMATS = [
    (name, re.compile(pattern))
    for name, pattern in [
        ("OpenSSH", r"^\w{3}\s+\d+ [\d:]+ \S+ sshd\[\d+\]: (?P<content>.*)$"),
        ("Mac", r"^\w{3}\s+\d+ [\d:]+ \S+ [^\[]+\[\d+\](?: \(.*?\))?: (?P<content>.*)$"),
        ("Linux", r"^\w{3}\s+\d+ [\d:]+ (?:\S+ )?[^:\[]+(?:\[\d+\])?: (?P<content>.*)$"),
        ("Hadoop", r"^\d{4}-\d\d-\d\d[ ,][\d:,]+[ ,](?:INFO|WARN|ERROR|FATAL)[ ,].*?(?:: |,)(?P<content>.*)$"),
        ("OpenStack", r"^\S+\.log\S* \d{4}-\d\d-\d\d [\d:.]+ \d+ \w+ \S+ \[.*?\] (?P<content>.*)$"),
        ("Windows", r"^\d{4}-\d\d-\d\d(?: [\d:]+)?, ?\w+\s*,?\s*(?:\w+\s+)?(?P<content>.*)$"),
        ("Zookeeper", r"^\d{4}-\d\d-\d\d [\d:,]+ - \w+\s+\[.*?\] - (?P<content>.*)$"),
        ("HDFS", r"^\d{6} \d{6} \d+ \w+ \S+: (?P<content>.*)$"),
        ("Spark", r"^\d\d/\d\d/\d\d [\d:]+ \w+ \S+: (?P<content>.*)$"),
        ("Apache", r"^\[\w{3} \w{3}\s+\d+ [\d:]+ \d{4}\] \[\w+\] (?P<content>.*)$"),
        ("Proxifier", r"^\[\d\d\.\d\d [\d:]+\] \S+ (?:\*64 )?- (?P<content>.*)$"),
        ("Android", r"^\d\d-\d\d [\d:.]+\s+\d+\s+\d+ \w \S+: (?P<content>.*)$"),
        ("HealthApp", r"^\d{8}-[\d:]+\|\w+\|\d+\|(?P<content>.*)$"),
        ("BGL", r"^\S+ \d{10} \d{4}\.\d\d\.\d\d \S+ \S+ \S+ \w+ \w+ \w+ (?P<content>.*)$"),
        ("Thunderbird", r"^\S+ \d{10} \d{4}\.\d\d\.\d\d \S+ \w{3} \d+ [\d:]+ \S+ \S+: (?P<content>.*)$"),
        ("HPC", r"^\d+ \S+ \S+ \S+ \d{10} \d (?P<content>.*)$"),
    ]
]
KEYWORDS = [
    re.compile(words, re.IGNORECASE)
    for words in [
        "fail|error|fatal|crash|abort|panic", "denied|invalid user|authentication|attack|unauthorized",
        "slow|timeout|latency|backlog", "connection|network|unreachable|socket|refused",
        "config|setting|property|undefined|missing", "disk|memory|cpu|ecc|hardware|parity", "success|completed|started",
        "warn",
    ]
]
HOUR = re.compile(r"(\d\d):\d\d:\d\d")
NUMBER = re.compile(r"\d+")
SPECIAL = re.compile(r"[^\w\s]")


def parse(line):
    """The log type and the message."""
    for name, pattern in FORMATS:
        match = pattern.match(line)
        if match:
            return name, match["content"]
    return "Unknown", line


def statistics(text):
    """Length, words, spaces, digits."""
    return [len(text), len(text.split()), text.count(" "), sum(each.isdigit() for each in text)]


def template_features(template):
    """Length, numbers, special characters, tokens."""
    return [
        len(template), len(NUMBER.findall(template)), len(SPECIAL.findall(template)), len(template.split()),
    ]


def additional_features(line, content):
    """14: temporal, positional and keyword-based."""
    hour = HOUR.search(line)
    hour = int(hour[1]) if hour else -1
    number = NUMBER.search(content)
    position = line.find(content)
    length = max(1, len(line))
    return [
        hour, float(0 <= hour < 6), float(hour >= 0),
        position / length, number.start() / max(1, len(content)) if number else 1.0, len(content) / length,
        *(float(len(words.findall(content))) for words in KEYWORDS),
    ]


class VectorCache:
    """The most recently used embeddings."""

    def __init__(self, size):
        self.size = size
        self.lock = Lock()
        self.vectors = OrderedDict()

    def get(self, text):
        with self.lock:
            vector = self.vectors.get(text)
            if vector is not None:
                self.vectors.move_to_end(text)
            return vector

    def put(self, text, vector):
        with self.lock:
            self.vectors[text] = vector
            if len(self.vectors) > self.size:
                self.vectors.popitem(last=False)


class Pipeline:
    def __init__(self, encoder, booster, threads, cache_size=0):
        torch.set_num_threads(threads)
        self.tokenizer = AutoTokenizer.from_pretrained(encoder)
        self.encoder = AutoModel.from_pretrained(encoder).eval()
        self.booster = xgboost.Booster(model_file=booster)
        self.booster.set_param({"nthread": threads})
        self.miner = TemplateMiner(config=TemplateMinerConfig())
        self.mining = Lock()
        self.cache = VectorCache(cache_size) if cache_size else None

    @torch.inference_mode()
    def embed(self, texts):
        """`[texts, 768]`: CLS beside the mean over all tokens, as an encoder of 384 gives them."""
        # Of like length first, so that a batch has little padding.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        vectors = numpy.empty((len(texts), 768), dtype=numpy.float32)
        for start in range(0, len(order), BATCH_SIZE):
            batch = order[start : start + BATCH_SIZE]
            tokens = self.tokenizer(
                [texts[index] for index in batch], padding=True, truncation=True, max_length=MAX_LENGTH,
                return_tensors="pt",
            )
            hidden = self.encoder(**tokens).last_hidden_state
            mask = tokens["attention_mask"].unsqueeze(-1).float()
            mean = (hidden * mask).sum(1) / mask.sum(1)
            vectors[batch] = torch.cat([hidden[:, 0], mean], dim=1).numpy()
        return vectors

    def vectors(self, texts):
        if self.cache is None:
            return self.embed(texts)
        known = [self.cache.get(text) for text in texts]
        missing = [index for index, vector in enumerate(known) if vector is None]
        if missing:
            for index, vector in zip(missing, self.embed([texts[index] for index in missing])):
                known[index] = vector
                self.cache.put(texts[index], vector)
        return numpy.stack(known)

    def analyze(self, lines):
        """The log type, message, template and probabilities of each line."""
        parsed = [parse(line) for line in lines]
        contents = [content for _, content in parsed]
        with self.mining:
            templates = [self.miner.add_log_message(content)["template_mined"] for content in contents]
        numbers = [
            statistics(content) + template_features(template) + additional_features(line, content)
            for line, content, template in zip(lines, contents, templates)
        ]
        features = numpy.hstack([self.vectors(contents), numpy.array(numbers, dtype=numpy.float32)])
        probabilities = self.booster.inplace_predict(features, validate_features=False)
        return [
            (log_type, content, template, row)
            for (log_type, content), template, row in zip(parsed, templates, probabilities)
        ]


def from_environment():
    return Pipeline(
        os.environ["PEER_ENCODER"], os.environ["PEER_BOOSTER"], int(os.environ["PEER_THREADS"]),
        int(os.environ.get("PEER_CACHE", "0")),
    )
