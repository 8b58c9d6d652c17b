#!/usr/bin/env python3
"""Fits the classifier of acts: fit.py FEATURES LABELS [--more FEATURES LABELS] [--gold FEATURES FOLDER]... OUT

FEATURES is what `cargo xtask acts` writes; LABELS are acts by document and content (labels.jsonl, with the documents' number as `document`, which
corpus.py adds); a gold FOLDER is a side of eval/gold. Out: OUT/features.txt, one feature a line ("s " or "w " before it), and OUT/act.bin: `weights`
(signed bytes, a row for each feature and last the bias), `scale`.

Multinomial logistic regression over what the rules say and which words stand in the content; statements whose cue names the act are left out. Prints
cross-validated figures by document and the temperature that calibrates them (Guo et al. 2017), which is divided into the weights.
"""

import argparse
import collections
import glob
import json
import struct
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression

ACTS = """state announce confirm admit deny dispute refuse decline accuse condemn call_for demand vow warn predict endorse ask
retract""".split()
NUMBER = {act: number for number, act in enumerate(ACTS)}
SAME = 0.8  # Dice of the characters of a content
LEAST = 3  # statements that a feature stands in
INVERSE_REGULARISATION = 1.0
TIMES = 4  # that the examples count
FOLDS = 5


def rows(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")]


def dice(a, b):
    characters = lambda spans: {at for start, end in spans for at in range(start, end)}
    a, b = characters(a), characters(b)
    return 2 * len(a & b) / max(1, len(a) + len(b))


def nearest(content, known):
    """How near the nearest content of (content, anything) pairs is, and what belongs to it."""
    return max(((dice(other, content), found) for other, found in known), default=(0, None), key=lambda x: x[0])


def labelled(features, labels):
    acts = collections.defaultdict(list)
    for label in rows(labels):
        acts[label["document"]].append((label["content"], label["acts"]))
    pairs = []
    for row in rows(features):
        share, found = nearest(row["content"], acts[row["id"]])
        if share >= SAME and row["is_open"]:
            pairs.append((row, found))
    return pairs


def gold(features, folder):
    found = collections.defaultdict(list)
    for row in rows(features):
        found[row["id"]].append(row)
    pairs = []
    for path in sorted(glob.glob(f"{folder}/*.jsonl")):
        lines = rows(path)
        statements = [line for line in lines if "act" in line]
        mine = found[lines[0]["document"]]
        edges = [(dice(s["content"], row["content"]), i, j) for i, s in enumerate(statements) for j, row in enumerate(mine)]
        taken = set()
        for share, i, j in sorted(edges, reverse=True):
            if share < 0.5 or ("gold", i) in taken or ("row", j) in taken:
                continue
            taken |= {("gold", i), ("row", j)}
            statement = statements[i]
            if mine[j]["is_open"] and not statement.get("optional"):
                pairs.append((mine[j], [statement["act"], *statement.get("or_acts", [])]))
    return pairs


def vocabulary(pairs):
    counts = collections.Counter()
    for row, _ in pairs:
        counts.update("s " + sign for sign in row["signs"])
        counts.update("w " + word for word in row["words"])
    return sorted(feature for feature, count in counts.items() if count >= LEAST)


def matrix(pairs, features):
    number = {feature: at for at, feature in enumerate(features)}
    at, column, value = [], [], []
    for i, (row, _) in enumerate(pairs):
        words = [number["w " + word] for word in row["words"] if "w " + word in number]
        signs = [number["s " + sign] for sign in row["signs"] if "s " + sign in number]
        at += [i] * (len(words) + len(signs))
        column += words + signs
        value += [max(1, len(words)) ** -0.5] * len(words) + [1.0] * len(signs)
    return sp.csr_matrix((value, (at, column)), shape=(len(pairs), len(features)), dtype=np.float32)


def fit(pairs):
    features = vocabulary(pairs)
    each = [(i, NUMBER[act], 1 / len(acts)) for i, (_, acts) in enumerate(pairs) for act in acts]
    which, acts, weight = zip(*each)
    model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=500)
    model.fit(matrix(pairs, features)[list(which)], acts, sample_weight=weight)
    weights = np.zeros((len(features) + 1, len(ACTS)), np.float32)
    weights[-1] = -20.0  # an act that was never seen
    weights[:-1, model.classes_] = model.coef_.T
    weights[-1, model.classes_] = model.intercept_
    return features, weights


def logits(pairs, features, weights):
    return matrix(pairs, features) @ weights[:-1] + weights[-1]


def softmax(x):
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def cross_validated(pairs, more):
    ids = sorted({row["id"] for row, _ in pairs})
    np.random.default_rng(1).shuffle(ids)
    out = np.zeros((len(pairs), len(ACTS)))
    for fold in range(FOLDS):
        kept = set(ids[fold::FOLDS])
        test = [i for i, (row, _) in enumerate(pairs) if row["id"] in kept]
        model = fit([pair for pair in pairs if pair[0]["id"] not in kept] + more)
        out[test] = logits([pairs[i] for i in test], *model)
    return out


def report(name, pairs, out):
    p = softmax(out)
    best, right = p.argmax(1), []
    for act, (_, acts) in zip(best, pairs):
        right.append(ACTS[act] in acts)
    sure, right = p.max(1), np.array(right)
    bins = np.minimum((sure * 10).astype(int), 9)
    error = sum(abs((sure[bins == b] - right[bins == b]).sum()) for b in range(10)) / len(right)
    says = lambda row, act: ("no rule" if act == "state" else f"first {act}") in row["signs"]
    rules = np.mean([any(says(row, act) for act in acts) for row, acts in pairs])
    print(f"{name}: {len(pairs)} statements, right {100 * right.mean():.1f} (rules alone {100 * rules:.1f}), calibration error {100 * error:.1f}")


def write(path, tensors):
    with open(path, "wb") as file:
        file.write(b"SAYSOTN1" + struct.pack("<I", len(tensors)))
        for name, numbers in tensors:
            kind = {"float32": 0, "float16": 1, "int8": 2}[numbers.dtype.name]
            file.write(struct.pack("<B", len(name)) + name.encode() + struct.pack("<BB", kind, numbers.ndim))
            file.write(struct.pack(f"<{numbers.ndim}I", *numbers.shape) + numbers.tobytes())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("features")
    parser.add_argument("labels")
    parser.add_argument("out", type=Path)
    parser.add_argument("--more", nargs=2, action="append", default=[], help="features and labels that are always trained on")
    parser.add_argument("--gold", nargs=2, action="append", default=[])
    parser.add_argument("--check", nargs=2, action="append", default=[])
    options = parser.parse_args()
    pairs = labelled(options.features, options.labels)
    for features, folder in options.gold:
        pairs += gold(features, folder)
    more = [pair for features, labels in options.more for pair in labelled(features, labels)] * TIMES
    out = cross_validated(pairs, more)
    report("cross-validated", pairs, out)
    loss = lambda t: -np.mean([np.log(max(p[NUMBER[act]] for act in acts)) for p, (_, acts) in zip(softmax(out / t), pairs)])
    temperature = minimize_scalar(loss, bounds=(0.4, 2.5), method="bounded").x
    report(f"at temperature {temperature:.2f}", pairs, out / temperature)
    features, weights = fit(pairs + more)
    weights /= temperature
    for path, folder in options.check:
        check = gold(path, folder)
        report(folder, check, logits(check, features, weights))
    scale = np.abs(weights).max(0) / 127
    options.out.mkdir(exist_ok=True)
    (options.out / "features.txt").write_text("".join(feature + "\n" for feature in features), encoding="utf-8")
    write(options.out / "act.bin", [("weights", np.rint(weights / scale).astype(np.int8)), ("scale", scale.astype(np.float32))])


if __name__ == "__main__":
    main()
