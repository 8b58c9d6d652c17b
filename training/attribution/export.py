#!/usr/bin/env python3
"""Writes a trained network as the program reads it: export.py TRAINED.pt STATIC.npz FOLDER NAME

Out: NAME.bin (named tensors, the format of training/convert_en_core_web_sm_weights.py), words.bin, words.txt, lemmas.txt, and encoder.bin if the
network has an encoder. Matrices are f16, word vectors and the encoder's matrices int8; small tables are multiplied with their part of the
first layer, which is then a sum of rows.
"""

import struct
import sys
from pathlib import Path

import numpy as np

VECTOR, WORD, LEMMA = 96, 64, 32
# the order of network.py's concatenation after vector, word and lemma, and of TABLES in crates/sayso-model/src/attribution
TABLES = [("tag", 16), ("dep", 16), ("entity", 8), ("place", 8), ("look", 8), ("to_head", 8)]
FLAGS = 3
ONLY_FOR_TRAINING = ("words", "tags")
POSITIONS = 256


def network(weights):
    get = lambda name: weights[name].numpy().astype(np.float32)
    matrix = get("input.weight")
    split = VECTOR + WORD + LEMMA
    rows = split + sum(width for _, width in TABLES)
    # after the flags come the encoder's states
    yield "input.weight", np.concatenate([matrix[:, :split], matrix[:, rows + FLAGS :]], 1), np.float16
    yield "input.bias", get("input.bias"), np.float32
    at = split
    for name, width in TABLES:
        yield f"table.{name}", get(f"{name}.weight") @ matrix[:, at : at + width].T, np.float16
        at += width
    bits = np.array([[(n >> bit) & 1 for bit in range(FLAGS)] for n in range(1 << FLAGS)], dtype=np.float32)
    yield "table.flags", bits @ matrix[:, rows : rows + FLAGS].T, np.float16
    for name in weights:
        group = name.split(".")[0]
        if group in (*ONLY_FOR_TRAINING, "input", "encoder") or group in [table for table, _ in TABLES]:
            continue
        small = name.endswith("bias") or name.startswith("norm")
        yield name, get(name), np.float32 if small else np.float16


def quantised(name, matrix, bias):
    """A matrix as signed bytes, each row with what a step is worth."""
    scale = np.maximum(np.abs(matrix).max(1), 1e-9) / 127
    yield name, np.clip(np.rint(matrix / scale[:, None]), -127, 127), np.int8
    yield f"{name}.scale", scale, np.float32
    if bias is not None:
        yield f"{name}.bias", bias, np.float32


def embeddings(weights):
    yield from quantised("embedding", weights["encoder.model.embeddings.word_embeddings.weight"].numpy(), None)


def count_layers(weights):
    """How many layers a transformer has, by the names of its weights."""
    return 1 + max(int(name.split(".encoder.layer.")[1].split(".")[0]) for name in weights if ".encoder.layer." in name)


def encoder(weights):
    get = lambda name: np.asarray(weights[f"encoder.model.{name}"], dtype=np.float32)
    layers = count_layers(weights)
    heads = 12
    root = np.sqrt(get("embeddings.LayerNorm.weight").shape[0] / heads)
    yield "layers", np.array([layers]), np.float32
    position = get("embeddings.position_embeddings.weight")[:POSITIONS] + get("embeddings.token_type_embeddings.weight")[0]
    yield "position", position, np.float16
    norms = [("embedding.norm", "embeddings.LayerNorm")]
    for n in range(layers):
        of = f"encoder.layer.{n}"
        asked = [(get(f"{of}.attention.self.{part}.weight"), get(f"{of}.attention.self.{part}.bias")) for part in ("query", "key", "value")]
        asked[0] = tuple(numbers / root for numbers in asked[0])
        yield from quantised(f"{n}.asked", *(np.concatenate(parts) for parts in zip(*asked)))
        for name, part in (("attended", "attention.output.dense"), ("wide", "intermediate.dense"), ("narrow", "output.dense")):
            yield from quantised(f"{n}.{name}", get(f"{of}.{part}.weight"), get(f"{of}.{part}.bias"))
        norms += [(f"{n}.attended.norm", f"{of}.attention.output.LayerNorm"), (f"{n}.norm", f"{of}.output.LayerNorm")]
    for name, part in norms:
        yield f"{name}.weight", get(f"{part}.weight"), np.float32
        yield f"{name}.bias", get(f"{part}.bias"), np.float32


def write(path, tensors):
    packed, count = b"", 0
    for name, values, kind in tensors:
        code = {np.float32: 0, np.float16: 1, np.int8: 2}[kind]
        packed += struct.pack("<B", len(name)) + name.encode() + struct.pack("<BB", code, values.ndim)
        packed += struct.pack(f"<{values.ndim}I", *values.shape) + np.ascontiguousarray(values.astype(kind)).tobytes()
        count += 1
    path.write_bytes(b"SAYSOTN1" + struct.pack("<I", count) + packed)


def read(path):
    """The tensors of a file that `write` made, whole numbers included, as float32."""
    packed, at, tensors = path.read_bytes(), 12, {}
    for _ in range(struct.unpack_from("<I", packed, 8)[0]):
        length = packed[at]
        name = packed[at + 1 : at + 1 + length].decode()
        code, axes = struct.unpack_from("<BB", packed, at + 1 + length)
        at += 3 + length
        shape = struct.unpack_from(f"<{axes}I", packed, at)
        at += 4 * axes
        kind = np.dtype([np.float32, np.float16, np.int8][code])
        count = int(np.prod(shape))
        tensors[name] = np.frombuffer(packed, kind, count, at).reshape(shape).astype(np.float32)
        at += count * kind.itemsize
    return tensors


def main():
    import torch  # here, for scripts that write what was never in PyTorch

    trained, static, folder, name = sys.argv[1:]
    saved, static, folder = torch.load(trained, weights_only=False), np.load(static), Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    weights = saved["weights"]
    write(folder / f"{name}.bin", network(weights))
    write(folder / "words.bin", [("words", static["rows"], np.int8), ("word_scale", np.array([static["scale"]]), np.float32)])
    if any(part.startswith("encoder.") for part in weights):
        write(folder / "encoder.bin", encoder(weights))
        write(folder / "embeddings.bin", embeddings(weights))
    (folder / "words.txt").write_text("".join(f"{word}\n" for word in static["words"]), encoding="utf-8")
    lemmas = sorted(saved["maps"]["lemma"], key=saved["maps"]["lemma"].get)
    (folder / "lemmas.txt").write_text("".join(f"{lemma}\n" for lemma in lemmas), encoding="utf-8")


if __name__ == "__main__":
    main()
