#!/usr/bin/env python3
"""Records what the trained reader says of passages, for crates/sayso-model/tests/reader.rs: record.py FEATURES READER.pt MINILM TEMPERATURE OUT

FEATURES is what `cargo xtask acts` made of articles of our own (samples/). Out: JSON Lines with a passage each, the logits of its acts, and its
candidates' scores given the likeliest act.
"""

import json
import sys
from pathlib import Path

import torch

import fit
import reader

EACH = 3  # every third attribution


@torch.no_grad()
def main():
    features, trained, minilm, temperature, out = sys.argv[1:]
    network = reader.load(minilm, Path(trained))
    network.eval()
    tokenizer, known = reader.tokenizer(minilm), {}
    with open(out, "w", encoding="utf-8") as lines:
        for row in [row for row in fit.rows(features) if row["forms"]][::EACH]:
            passage = reader.Passage(row, tokenizer, known)
            logits, states, pooled = network([passage])
            act = int(logits[0].argmax())
            scores, which = network.targets([passage], states, pooled, [act])
            targets = [None] * len(passage.candidates)
            for n, (_, candidate) in enumerate(which):
                targets[candidate] = round(scores[n].item(), 3)
            acts = [round(x, 3) for x in (logits[0] / float(temperature)).tolist()]
            row = {"forms": row["forms"], "marks": row["marks"], "candidates": passage.candidates, "acts": acts, "act": act, "targets": targets}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
