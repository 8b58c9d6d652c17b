#!/usr/bin/env python3
"""Fits the classifier of targets: targets.py FEATURES LABELS OUT [--gold FEATURES FOLDER]... [--check FEATURES FOLDER]...

FEATURES is what `cargo xtask acts` writes; LABELS are acts and targets by document and content (corpus.py makes them from labels.jsonl); a gold FOLDER is a side of
eval/gold. Out: OUT/targets.txt, a line for each weight: the number, then the sign, or the act, a colon and the sign.

Logistic regression over the candidates of each statement whose act can have a target: one is right, or none. Each sign counts twice, alone and with
the act, so that a rare act learns from the others. Prints for thresholds how many statements get the right target, or rightly none, cross-validated by document.
"""

import argparse
import collections
import glob
import json
import re
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from fit import FOLDS, LEAST, SAME, nearest, rows

WITH_TARGET = "accuse condemn endorse call_for demand warn ask dispute refuse".split()
INVERSE_REGULARISATION = 0.25
THRESHOLDS = [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6]
DROPPED = set("a an the its his her their mr mrs ms miss dr".split())
AFTER_HEAD = set("of in at from for by on with who which that close".split())


def words(name):
    all = re.findall(r"[\w'-]+", name.lower().replace("’", "'"))
    return [word for word in all if word not in DROPPED] or all


def head(words):
    end = next((at for at, word in enumerate(words) if at > 0 and word in AFTER_HEAD), len(words))
    return words[:end][-1:]


def same(a, b):
    """As the evaluation has it: the same head, and the words of one name among the other's."""
    a, b = words(a), words(b)
    return head(a) == head(b) and (set(a) <= set(b) or set(b) <= set(a))


def is_right(candidate, target):
    at, wanted = candidate["at"], target.get("at")
    if wanted:
        shared = min(at[1], wanted[1]) - max(at[0], wanted[0])
        if 2 * shared >= max(at[1] - at[0], wanted[1] - wanted[0]):
            return True
    names = [candidate["name"], *(candidate["names"] or [])]
    return any(same(name, other) for name in names for other in target["names"])


def labelled(features, labels):
    """(document, act, candidates, which of them are right) for each statement whose target is known."""
    known = collections.defaultdict(list)
    for label in rows(labels):
        act = next((act for act in label["acts"] if act in WITH_TARGET), None)
        if "target" in label and act:
            target = label["target"]
            known[label["document"]].append((label["content"], (act, target and {"at": target["at"], "names": [target["name"]]})))
    statements = []
    for row in rows(features):
        share, found = nearest(row["content"], known[row["id"]])
        if share >= SAME:
            statements.append(statement(row, *found))
    return statements


def statement(row, act, target):
    right = [bool(target) and is_right(candidate, target) for candidate in row["targets"]]
    return {"id": row["id"], "act": act, "candidates": row["targets"], "right": right, "has_target": bool(target)}


def gold(features, folder):
    found = collections.defaultdict(list)
    for row in rows(features):
        found[row["id"]].append((row["content"], row))
    statements = []
    for path in sorted(glob.glob(f"{folder}/*.jsonl")):
        lines = rows(path)
        sources = {line["source"]: line for line in lines if line["row"] == "source"}
        for line in lines:
            if line["row"] != "statement" or line["act"] not in WITH_TARGET or line.get("optional"):
                continue
            share, row = nearest(line["content"], found[lines[0]["document"]])
            if share < 0.5:
                continue
            target = line.get("target")
            if target:
                source = sources.get(target.get("source"), {})
                names = [target["name"], *([source["name"], *source.get("also", [])] if source else [])]
                target = {"at": target.get("at"), "names": names}
            statements.append(statement(row, line["act"], target))
    return statements


def signs(act, candidate):
    for sign in candidate["signs"]:
        yield sign
        yield f"{act}: {sign}"


def matrix(pairs, number):
    at, column = [], []
    for i, (act, candidate) in enumerate(pairs):
        known = [number[sign] for sign in signs(act, candidate) if sign in number]
        at += [i] * len(known)
        column += known
    return sp.csr_matrix((np.ones(len(at), np.float32), (at, column)), shape=(len(pairs), len(number)))


def fit(statements):
    pairs = [(s["act"], candidate) for s in statements for candidate in s["candidates"]]
    right = [right for s in statements for right in s["right"]]
    counts = collections.Counter(sign for pair in pairs for sign in signs(*pair))
    number = {sign: at for at, sign in enumerate(sorted(sign for sign, count in counts.items() if count >= LEAST))}
    model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=1000, fit_intercept=False)
    model.fit(matrix(pairs, number), right)
    return number, model.coef_[0]


def best(statements, number, weights):
    """For each statement its likeliest candidate's probability and whether it is right."""
    out = []
    for s in statements:
        if not s["candidates"]:
            out.append((0.0, False))
            continue
        p = 1 / (1 + np.exp(-(matrix([(s["act"], c) for c in s["candidates"]], number) @ weights)))
        out.append((p.max(), s["right"][int(p.argmax())]))
    return out


def report(name, statements, chosen):
    asked = sum(s["has_target"] for s in statements)
    reachable = sum(any(s["right"]) for s in statements)
    print(f"{name}: {len(statements)} statements, {asked} with a target, {reachable} among the candidates")
    for threshold in THRESHOLDS:
        given = sum(p >= threshold for p, _ in chosen)
        right = sum(p >= threshold and ok for p, ok in chosen)
        empty = sum(p < threshold and not s["has_target"] for (p, _), s in zip(chosen, statements))
        print(f"  {threshold:.2f}: found {100 * right / asked:.1f}, precision {100 * right / max(1, given):.1f}, right {100 * (right + empty) / len(statements):.1f}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("features")
    parser.add_argument("labels")
    parser.add_argument("out", type=Path)
    parser.add_argument("--gold", nargs=2, action="append", default=[])
    parser.add_argument("--check", nargs=2, action="append", default=[])
    options = parser.parse_args()
    statements = labelled(options.features, options.labels)
    for features, folder in options.gold:
        statements += gold(features, folder)
    ids = sorted({s["id"] for s in statements})
    np.random.default_rng(1).shuffle(ids)
    chosen = [None] * len(statements)
    for fold in range(FOLDS):
        kept = set(ids[fold::FOLDS])
        model = fit([s for s in statements if s["id"] not in kept])
        test = [i for i, s in enumerate(statements) if s["id"] in kept]
        for i, one in zip(test, best([statements[i] for i in test], *model)):
            chosen[i] = one
    report("cross-validated", statements, chosen)
    number, weights = fit(statements)
    for features, folder in options.check:
        check = gold(features, folder)
        report(folder, check, best(check, number, weights))
    lines = [f"{weights[at]:.3f} {sign}\n" for sign, at in number.items() if abs(weights[at]) >= 0.01]
    (options.out / "targets.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
