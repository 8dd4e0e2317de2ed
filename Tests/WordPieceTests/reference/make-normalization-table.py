#!/usr/bin/env python3
"""Writes Sources/WordPiece/NormalizationTable.swift: what Hugging Face's BERT normalizer does to each code point.

Every code point but the Hangul syllables (which decompose by arithmetic) is put through the normalizer and the
pre-tokenizer of `tokenizers` between two letters, and what became of it is recorded. So the table holds their Unicode
versions, quirks included, and no Unicode version of ours.

    pip install tokenizers==0.23.3
    ./make-normalization-table.py > ../../../Sources/WordPiece/NormalizationTable.swift
"""

import sys

import tokenizers
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

normalizer = BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=True)
pre_tokenizer = BertPreTokenizer()


def outcome(code_point: int) -> tuple[str, str]:
    """The kind of code point (see the header below) and the text that takes its place."""
    text = normalizer.normalize_str("a" + chr(code_point) + "a")
    words = [word for word, _ in pre_tokenizer.pre_tokenize_str(text)]
    if words == ["aa"]:
        return "x", ""
    if words == ["a", "a"]:
        return "s", ""
    if len(words) == 1:
        return "k", words[0][1:-1]
    assert words[0] == words[-1] == "a" and all(len(word) == 1 for word in words), (hex(code_point), words)
    return "i", "".join(words[1:-1])


runs: list[list] = []
for code_point in range(0x110000):
    if 0xD800 <= code_point < 0xE000 or 0xAC00 <= code_point <= 0xD7A3:
        continue
    kind, replacement = outcome(code_point)
    if replacement == chr(code_point):
        replacement = ""
    if kind == "k" and not replacement:
        continue
    last = runs[-1] if runs else None
    if last and last[1] == code_point - 1 and last[2] == kind and not replacement and not last[3]:
        last[1] = code_point
    else:
        runs.append([code_point, code_point, kind, replacement])

print(f'''\
/// What becomes of each code point before words are looked up; written by
/// `Tests/WordPieceTests/reference/make-normalization-table.py` from the behaviour of `tokenizers` {tokenizers.__version__}.
///
/// A line is a range of code points in hexadecimal and a kind: `x` the code point vanishes, `s` it separates words,
/// `i` it is a word of its own, `k` it belongs to a word. After the kind stands what takes its place, where that is not
/// itself. Code points without a line belong to a word as they are; Hangul syllables decompose by arithmetic.
let normalizationTable: StaticString = """''')
for first, last, kind, replacement in runs:
    span = f"{first:X}" if first == last else f"{first:X}-{last:X}"
    print(f"    {span} {kind}" + "".join(f" {ord(character):X}" for character in replacement))
print('    """')
print(f"{len(runs)} lines", file=sys.stderr)
