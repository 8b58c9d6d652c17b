#!/usr/bin/env python3
"""Writes the trained network as the program reads it: export.py TRAINED.pt STATIC.npz FOLDER

Out: network.bin (named tensors, the format of training/convert_en_core_web_sm_weights.py), words.txt, lemmas.txt. Matrices are f16, word
vectors int8; small tables are multiplied with their part of the first layer, which is then a sum of rows.
"""

import struct
import sys
from pathlib import Path

import numpy as np
import torch

VECTOR, WORD, LEMMA = 96, 64, 32
# the order of network.py's concatenation after vector, word and lemma, and of TABLES in crates/sayso-model/src/attribution
TABLES = [("tag", 16), ("dep", 16), ("entity", 8), ("place", 8), ("look", 8), ("to_head", 8)]
FLAGS = 3


def tensors(weights, static):
    get = lambda name: weights[name].numpy().astype(np.float32)
    matrix = get("input.weight")
    split = VECTOR + WORD + LEMMA
    yield "input.weight", matrix[:, :split], np.float16
    yield "input.bias", get("input.bias"), np.float32
    at = split
    for name, width in TABLES:
        yield f"table.{name}", get(f"{name}.weight") @ matrix[:, at : at + width].T, np.float16
        at += width
    bits = np.array([[(n >> bit) & 1 for bit in range(FLAGS)] for n in range(1 << FLAGS)], dtype=np.float32)
    yield "table.flags", bits @ matrix[:, at:].T, np.float16
    yield "words", static["rows"], np.int8
    yield "word_scale", np.array([static["scale"]], dtype=np.float32), np.float32
    for name in weights:
        if name in ("words", "input.weight", "input.bias") or name.split(".")[0] in [table for table, _ in TABLES]:
            continue
        small = name.endswith("bias") or name.startswith("norm")
        yield name, get(name), np.float32 if small else np.float16


def main():
    trained, static, folder = sys.argv[1:]
    saved, static, folder = torch.load(trained, weights_only=False), np.load(static), Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    packed, count = b"", 0
    for name, values, kind in tensors(saved["weights"], static):
        code = {np.float32: 0, np.float16: 1, np.int8: 2}[kind]
        packed += struct.pack("<B", len(name)) + name.encode() + struct.pack("<BB", code, values.ndim)
        packed += struct.pack(f"<{values.ndim}I", *values.shape) + np.ascontiguousarray(values.astype(kind)).tobytes()
        count += 1
    (folder / "network.bin").write_bytes(b"SAYSOTN1" + struct.pack("<I", count) + packed)
    (folder / "words.txt").write_text("".join(f"{word}\n" for word in static["words"]), encoding="utf-8")
    lemmas = sorted(saved["maps"]["lemma"], key=saved["maps"]["lemma"].get)
    (folder / "lemmas.txt").write_text("".join(f"{lemma}\n" for lemma in lemmas), encoding="utf-8")


if __name__ == "__main__":
    main()
