#!/usr/bin/env python3
"""Trains the reader of acts and targets: train_reader.py FEATURES LABELS MINILM OUT [--more FEATURES LABELS] [--gold FEATURES FOLDER]... [--check FEATURES FOLDER]...
    [--layers N] [--taught FEATURES]... [--start READER.pt]

--layers of MiniLM's six are kept; --taught has what a larger reader made of statements (`cargo xtask acts --read`), from which it learns first; --start goes on
with one that was saved. FEATURES, LABELS and FOLDER are those of fit.py and targets.py; MINILM is the folder of all-MiniLM-L6-v2. Out: OUT/reader.bin. Every tenth document is kept
back; on these the script chooses what the reader and the classifiers of words and signs count for together, and the temperature, and prints them.
"""

import argparse
import collections
import glob
import random
import time
import zlib
from pathlib import Path

import numpy as np
import torch
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from torch.nn import functional

import fit
import reader
import targets
from fit import ACTS, NUMBER
from reader import export

KEPT_BACK = 10
BATCH = 16
OF_TARGETS = 0.3  # what the loss of targets counts for
SHARES = [0.0, 0.25, 0.5, 0.75, 1.0]


class Statement:
    """Acts that are right, what that makes each act's share, and of each candidate whether it is right, if that is known."""

    def __init__(self, row, acts, target=None, asked=False):
        self.row, self.acts, self.id = row, acts, row["id"]
        self.shares = np.array([acts.count(act) / len(acts) for act in ACTS])
        self.act = next((act for act in acts if act in targets.WITH_TARGET), None)
        self.right = self.has_target = None
        if asked and self.act:
            self.right = [bool(target) and targets.is_right(candidate, target) for candidate in row["targets"]]
            self.has_target = bool(target)

    def of_targets(self):
        return {"id": self.id, "act": self.act, "candidates": self.row["targets"], "right": self.right, "has_target": self.has_target}


def labelled(features, labels):
    known = collections.defaultdict(list)
    for label in fit.rows(labels):
        known[label["document"]].append((label["content"], label))
    found = []
    for row in fit.rows(features):
        share, label = fit.nearest(row["content"], known[row["id"]])
        if share >= fit.SAME and row["forms"]:
            target = label.get("target")
            target = target and {"at": target["at"], "names": [target["name"]]}
            found.append(Statement(row, label["acts"], target, "target" in label))
    return found


def gold(features, folder):
    rows = collections.defaultdict(list)
    for row in fit.rows(features):
        rows[row["id"]].append((row["content"], row))
    found = []
    for path in sorted(glob.glob(f"{folder}/*.jsonl")):
        lines = fit.rows(path)
        sources = {line["source"]: line for line in lines if line["row"] == "source"}
        for line in lines:
            if line["row"] != "statement" or line.get("optional"):
                continue
            share, row = fit.nearest(line["content"], rows[lines[0]["document"]])
            if share < 0.5 or not row["forms"]:
                continue
            target = line.get("target")
            if target:
                source = sources.get(target.get("source"), {})
                names = [target["name"], *([source["name"], *source.get("also", [])] if source else [])]
                target = {"at": target.get("at"), "names": names}
            asked = line["act"] in targets.WITH_TARGET
            found.append(Statement(row, [line["act"], *line.get("or_acts", [])], target, asked))
    return found


class Taught:
    """The same of a statement that a larger reader read, as likely as it finds them: each act, and each candidate as the target of the likeliest one."""

    def __init__(self, row):
        self.row, self.id = {key: row[key] for key in ("forms", "marks", "targets")}, row["id"]
        self.shares = fit.softmax(np.array([row["read"]["acts"]]))[0]
        best = int(self.shares.argmax())
        self.act = self.right = None
        if ACTS[best] in targets.WITH_TARGET:
            self.act = ACTS[best]
            scores = [None if read is None else read[best] for read in row["read"]["targets"]]
            self.right = [None if score is None else 1 / (1 + np.exp(-score)) for score in scores]


def loss(network, statements, passages):
    logits, states, pooled = network(passages)
    wanted = torch.tensor(np.array([s.shares for s in statements]), dtype=torch.float32)
    of_acts = functional.cross_entropy(logits, wanted)
    acts = [NUMBER[s.act] if s.right is not None else None for s in statements]
    scores, which = network.targets(passages, states, pooled, acts)
    if scores is None:
        return of_acts
    right = torch.tensor([float(statements[k].right[n]) for k, n in which])
    of_targets = functional.binary_cross_entropy_with_logits(scores, right, reduction="sum") / len({k for k, _ in which})
    return of_acts + OF_TARGETS * of_targets


def train(network, statements, passages, epochs, rate):
    of_model = [p for name, p in network.named_parameters() if name.startswith("model.") and p.requires_grad]
    rest = [p for name, p in network.named_parameters() if not name.startswith("model.")]
    optimiser = torch.optim.AdamW([{"params": of_model, "lr": rate}, {"params": rest, "lr": 5 * rate}], weight_decay=0.01)
    steps = epochs * -(-len(statements) // BATCH)
    pace = lambda step: min(1, (step + 1) / (0.1 * steps)) * max(0.02, 1 - step / steps)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, pace)
    network.train()
    for epoch in range(epochs):
        start, total = time.time(), 0.0
        all_batches = reader.batches(len(statements), lambda k: len(passages[k].ids), BATCH, True)
        for batch in all_batches:
            lost = loss(network, [statements[k] for k in batch], [passages[k] for k in batch])
            optimiser.zero_grad()
            lost.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += lost.item()
        print(f"epoch {epoch + 1}: loss {total / len(all_batches):.3f}, {time.time() - start:.0f} s", flush=True)


@torch.no_grad()
def read(network, statements, passages):
    """Logits of acts, and for each statement that asks for a target its candidates' scores."""
    network.eval()
    logits, scores = np.zeros((len(statements), len(ACTS))), [[None] * len(p.candidates) for p in passages]
    for batch in reader.batches(len(statements), lambda k: len(passages[k].ids), 2 * BATCH, False):
        some = [passages[k] for k in batch]
        out, states, pooled = network(some)
        logits[batch] = out.numpy()
        acts = [NUMBER[statements[k].act] if statements[k].act else None for k in batch]
        found, which = network.targets(some, states, pooled, acts)
        for n, (k, candidate) in enumerate(which):
            scores[batch[k]][candidate] = found[n].item()
    return logits, scores


def right_share(logits, statements):
    return 100 * np.mean([ACTS[best] in s.acts for best, s in zip(logits.argmax(1), statements)])


def report(name, statements, by_words, by_reader, share, temperature):
    is_open = np.array([s.row["is_open"] for s in statements])
    some = [s for s in statements if s.row["is_open"]]
    both = (by_reader + share * by_words)[is_open] / temperature
    p = fit.softmax(both)
    right = np.array([ACTS[best] in s.acts for best, s in zip(p.argmax(1), some)])
    bins = np.minimum((p.max(1) * 10).astype(int), 9)
    error = sum(abs((p.max(1)[bins == b] - right[bins == b]).sum()) for b in range(10)) / len(right)
    print(
        f"{name}: {len(some)} statements, right {100 * right.mean():.1f} (words alone {right_share(by_words[is_open], some):.1f}, "
        f"reader alone {right_share(by_reader[is_open], some):.1f}), calibration error {100 * error:.1f}"
    )


def of_signs(statements, number, weights):
    return [targets.matrix([(s.act, c) for c in s.row["targets"]], number) @ weights if s.act and s.row["targets"] else [] for s in statements]


def pairs(statements, signs, scores):
    """(sign logit, reader's score), right for each candidate that the reader saw."""
    found = [(x, y, r) for s, a, b in zip(statements, signs, scores) if s.right is not None for x, y, r in zip(a, b, s.right) if y is not None]
    return np.array([row[:2] for row in found]), np.array([row[2] for row in found])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("features")
    parser.add_argument("labels")
    parser.add_argument("minilm")
    parser.add_argument("out", type=Path)
    parser.add_argument("--more", nargs=2, action="append", default=[])
    parser.add_argument("--gold", nargs=2, action="append", default=[])
    parser.add_argument("--check", nargs=2, action="append", default=[])
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--taught", action="append", default=[])
    parser.add_argument("--taught-epochs", type=int, default=1)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=1e-4)
    options = parser.parse_args()
    random.seed(1)
    torch.manual_seed(1)
    statements = labelled(options.features, options.labels)
    for features, folder in options.gold:
        statements += gold(features, folder)
    is_kept = lambda document: zlib.crc32(document.encode()) % KEPT_BACK == 0
    more = [s for features, labels in options.more for s in labelled(features, labels)]
    training = [s for s in statements if not is_kept(s.id)] + 2 * more
    held = [s for s in statements if is_kept(s.id)]
    checks = [(folder, gold(features, folder)) for features, folder in options.check]
    print(f"{len(training)} to train on, {sum(s.right is not None for s in training)} of them with targets; {len(held)} kept back", flush=True)

    tokenizer, known = reader.tokenizer(options.minilm), {}
    passages = lambda some: [reader.Passage(s.row, tokenizer, known) for s in some]
    network = reader.load(options.minilm, options.start) if options.start else reader.Reader(options.minilm, options.layers)
    taught = [Taught(row) for path in options.taught for row in fit.rows(path) if row["forms"] and not is_kept(row["id"])]
    if taught:
        print(f"{len(taught)} that a larger reader read", flush=True)
        train(network, taught, passages(taught), options.taught_epochs, 2 * options.rate)
        torch.save(network.state_dict(), options.out / "taught.pt")
    train(network, training, passages(training), options.epochs, options.rate)
    torch.save(network.state_dict(), options.out / "reader.pt")

    open_ones = [(s.row, s.acts) for s in training if s.row["is_open"]]
    words = fit.fit(open_ones)
    number, weights = targets.fit([s.of_targets() for s in training if s.right is not None])
    by_words = lambda some: fit.logits([(s.row, s.acts) for s in some], *words)
    logits, scores = read(network, held, passages(held))
    is_open = np.array([s.row["is_open"] for s in held])
    some, of_words = [s for s in held if s.row["is_open"]], by_words(held)

    def cost(share, temperature):
        p = fit.softmax((logits + share * of_words)[is_open] / temperature)
        return -np.mean([np.log(max(row[NUMBER[act]] for act in s.acts)) for row, s in zip(p, some)])

    best = {share: minimize_scalar(lambda t: cost(share, t), bounds=(0.4, 3.0), method="bounded") for share in SHARES}
    for share, found in best.items():
        both = (logits + share * of_words)[is_open]
        print(f"words count for {share}: right {right_share(both, some):.1f}, loss {found.fun:.3f} at temperature {found.x:.2f}")
    share = min(best, key=lambda share: best[share].fun)
    temperature = best[share].x
    report("kept back", held, of_words, logits, share, temperature)
    signs = of_signs(held, number, weights)
    mix = LogisticRegression(C=100.0).fit(*pairs(held, signs, scores))
    (of_sign, of_score), bias = mix.coef_[0], mix.intercept_[0]
    print(f"targets: bias {bias:.3f}, signs {of_sign:.3f}, reader {of_score:.3f}")

    def chosen(some, signs, scores):
        for s, a, b in zip(some, signs, scores):
            if s.right is None:
                continue
            sums = [x if y is None else bias + of_sign * x + of_score * y for x, y in zip(a, b)]
            at = int(np.argmax(sums)) if sums else None
            yield (0.0, False) if at is None else (1 / (1 + np.exp(-sums[at])), s.right[at])

    def report_targets(name, some, signs, scores):
        asked = [s.of_targets() for s in some if s.right is not None]
        targets.report(f"{name}, signs alone", asked, list(chosen(some, signs, [[None] * len(b) for b in scores])))
        targets.report(f"{name}, both", asked, list(chosen(some, signs, scores)))

    report_targets("kept back", held, signs, scores)
    for folder, check in checks:
        logits, scores = read(network, check, passages(check))
        report(folder, check, by_words(check), logits, share, temperature)
        report_targets(folder, check, of_signs(check, number, weights), scores)
    print(f"WORDS = {share / temperature:.3f}")
    export.write(options.out / "reader.bin", reader.tensors(network, temperature))


if __name__ == "__main__":
    main()
