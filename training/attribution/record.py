#!/usr/bin/env python3
"""Records what the trained network says of the sample articles, for xtask/tests/tagger.rs.

    record.py TRAINED.pt STATIC.npz FEATURES_STEM CORPUS.jsonl OUT.tsv

CORPUS holds the articles of samples/ with their file names as ids, FEATURES_STEM what `cargo xtask features` made of it. Out: one line for each
anchor: article, probability, and the spans of source, cue and content in code points.
"""

import json
import sys

import numpy as np

import decode
import encoder as encoders
import features
import silver
import train


def main():
    trained, static, stem, corpus, out = sys.argv[1:]
    static = np.load(static)
    words = {str(word): n for n, word in enumerate(static["words"], 1)}
    saved, network, tokenizer = silver.load(trained)
    vectors, at, documents = np.fromfile(f"{stem}.vectors", dtype=np.float32).reshape(-1, 96), 0, []
    with open(f"{stem}.jsonl", encoding="utf-8") as dump, open(corpus, encoding="utf-8") as lines:
        next(dump)
        for dumped, line in zip(dump, lines, strict=True):
            dumped, article = json.loads(dumped), json.loads(line)
            end = at + len(dumped["spans"])
            document = features.Document(dumped, article["text"], vectors[at:end], saved["maps"]["lemma"], words)
            document.id = article["id"]
            document.pieces = encoders.Pieces(document, article["text"], tokenizer) if tokenizer else None
            documents.append(document)
            at = end
    shown = lambda spans: ",".join(f"{start}-{end}" for start, end in spans) or "-"
    with open(out, "w", encoding="utf-8") as rows:
        for document, found in zip(documents, train.predict(network, documents, saved["sizes"]["dep"] + 1)):
            for one in found:
                for attribution in decode.attributions(document, [one], 0.5):
                    roles = "\t".join(shown(attribution[role]) for role in ("source", "cue", "content"))
                    rows.write(f"{document.id}\t{one[0]:.3f}\t{roles}\n")


if __name__ == "__main__":
    main()
