#!/usr/bin/env python3
"""Trains the attribution network.

    train.py FEATURES_STEM CORPUS.jsonl STATIC.npz OUT.pt [--hold-out N] [--epochs N] [--seed N]
             [--more FEATURES_STEM CORPUS.jsonl] [--check FEATURES_STEM CORPUS.jsonl]

In: the feature dump (STEM.jsonl, STEM.vectors), the corpus with `attributions` (source, cue, content; code points), word vectors. Out: weights,
maps and what was chosen. With --hold-out every Nth document is kept back, scored after each epoch and used for choosing thresholds. --more adds a corpus to train on,
--check scores another one without choosing anything by it.
"""

import argparse
import collections
import copy
import json
import random
import time

import numpy as np
import torch
from torch.nn import functional as F

import decode
import features
from network import CONTENT, CUE, NONE, SOURCE, Network


LEAST_COUNT = 8


def read(stem, corpus, static, lemmas=None):
    """The documents, the sizes of the tables, and the lemmas that have a number of their own (those given, if any are)."""
    words = {str(word): n for n, word in enumerate(static["words"], 1)}
    counts = collections.Counter()
    with open(f"{stem}.jsonl", encoding="utf-8") as dump:
        sizes = json.loads(next(dump))
        for line in dump:
            counts.update(json.loads(line)["lemmas"])
    # a lemma of several lines cannot stand in a list of lines
    common = sorted(lemma for lemma, count in counts.items() if count >= LEAST_COUNT and lemma == lemma.strip() and lemma)
    lemmas = lemmas or {lemma: n for n, lemma in enumerate(common, 1)}
    sizes = dict(lemma=len(lemmas) + 1, tag=sizes["tag"], dep=sizes["dep"], entity=1 + 2 * sizes["entity"], look=7,
                 to_head=features.BUCKETS)
    vectors = np.memmap(f"{stem}.vectors", dtype=np.float32).reshape(-1, 96)
    documents, at = [], 0
    with open(f"{stem}.jsonl", encoding="utf-8") as dump, open(corpus, encoding="utf-8") as lines:
        next(dump)
        for dumped, line in zip(dump, lines, strict=True):
            dumped, gold = json.loads(dumped), json.loads(line)
            assert dumped["id"] == gold["id"]
            end = at + len(dumped["spans"])
            document = features.Document(dumped, gold["text"], vectors[at:end], lemmas, words)
            document.id, document.text = gold["id"], gold["text"]
            document.gold = [a for a in gold.get("attributions", []) if not a.get("optional")]
            documents.append(document)
            at = end
    assert at == len(vectors)
    return documents, sizes, lemmas


def covered(document, spans):
    tokens = set()
    for start, end in spans:
        low = np.searchsorted(document.end, start, side="right")
        high = np.searchsorted(document.start, end, side="left")
        tokens.update(range(int(low), int(high)))
    return tokens


def label(document, deps):
    """Gold anchors, and for each its window's labels and codes."""
    document.anchors, document.pairs = np.zeros(len(document), dtype=np.float32), []
    for gold in document.gold:
        cue = covered(document, gold["cue"])
        if not cue:
            continue
        outside = [t for t in sorted(cue) if int(document.head[t]) not in cue or document.head[t] == t]
        anchor = (outside or sorted(cue))[0]
        low, high, codes = document.pair_codes(anchor, deps)
        labels = np.full(high - low, NONE)
        for role, value in (("content", CONTENT), ("source", SOURCE), ("cue", CUE)):
            for t in covered(document, gold[role]):
                if low <= t < high:
                    labels[t - low] = value
        document.anchors[anchor] = 1
        document.pairs.append((anchor, low, codes, labels))


def batch_of(documents):
    width = max(len(d) for d in documents)
    pad = lambda values: torch.from_numpy(np.stack([np.pad(v, (0, width - len(v))) for v in values]))
    batch = {name: pad([getattr(d, name) for d in documents]) for name in
             ("lemma", "word", "tag", "dep", "entity", "place", "look", "to_head", "head")}
    wide = lambda values: torch.from_numpy(
        np.stack([np.pad(np.asarray(v, dtype=np.float32), ((0, width - len(v)), (0, 0))) for v in values]))
    batch["vectors"] = wide([d.vectors for d in documents])
    batch["flags"] = wide([d.flags for d in documents])
    batch["mask"] = pad([np.ones(len(d), dtype=np.float32) for d in documents])
    return batch


def pairs_of(pairs):
    """pairs: (document, anchor, low, codes[, labels]) -> tensors padded to the widest window."""
    width = max(len(p[3]) for p in pairs)
    document = torch.tensor([p[0] for p in pairs])
    anchor = torch.tensor([p[1] for p in pairs])
    tokens, mask = np.zeros((len(pairs), width), dtype=np.int64), np.zeros((len(pairs), width), dtype=np.float32)
    codes = np.zeros((len(pairs), width, 5), dtype=np.int64)
    labels = np.full((len(pairs), width), -100)
    for n, pair in enumerate(pairs):
        k = len(pair[3])
        tokens[n, :k] = np.arange(pair[2], pair[2] + k)
        mask[n, :k] = 1
        codes[n, :k] = pair[3]
        if len(pair) > 4:
            labels[n, :k] = pair[4]
    return document, anchor, *map(torch.from_numpy, (tokens, codes, mask, labels))


def losses(network, documents):
    batch = batch_of(documents)
    states = network.states(batch)
    width = batch["mask"].shape[1]
    gold = torch.from_numpy(np.stack([np.pad(d.anchors, (0, width - len(d))) for d in documents]))
    anchor_loss = F.binary_cross_entropy_with_logits(network.anchors(states), gold, reduction="none") * batch["mask"]
    pairs = sorted(((n, *pair) for n, d in enumerate(documents) for pair in d.pairs), key=lambda p: len(p[3]))
    pair_loss, number = 0.0, max(1, len(pairs))
    for at in range(0, len(pairs), 32):
        document, anchor, tokens, codes, mask, labels = pairs_of(pairs[at : at + 32])
        logits = network.pairs(states, document, anchor, tokens, codes, mask)
        pair_loss = pair_loss + F.cross_entropy(logits.reshape(-1, 4), labels.reshape(-1), reduction="sum")
    return anchor_loss.sum() / number, pair_loss / number


@torch.inference_mode()
def predict(network, documents, deps, least=0.12):
    """For each document its candidate attributions: (probability, anchor, low, label probabilities)."""
    network.eval()
    found = []
    for document in documents:
        states = network.states(batch_of([document]))
        probability = torch.sigmoid(network.anchors(states))[0].numpy()
        anchors = np.flatnonzero(probability > least)
        rows = []
        for anchor in anchors:
            low, _, codes = document.pair_codes(int(anchor), deps)
            rows.append((0, int(anchor), low, codes))
        out = []
        for at in range(0, len(rows), 32):
            part = rows[at : at + 32]
            d, a, tokens, codes, mask, _ = pairs_of(part)
            logits = torch.log_softmax(network.pairs(states, d, a, tokens, codes, mask), -1).numpy()
            out += [(float(probability[r[1]]), r[1], r[2], logits[n, : len(r[3])]) for n, r in enumerate(part)]
        found.append(out)
    network.train()
    return found


def main():
    arguments = argparse.ArgumentParser()
    for name in ("stem", "corpus", "static", "out"):
        arguments.add_argument(name)
    arguments.add_argument("--hold-out", type=int, default=0)
    arguments.add_argument("--epochs", type=int, default=14)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--width", type=int, default=128)
    arguments.add_argument("--more", nargs=2, action="append", default=[])
    arguments.add_argument("--check", nargs=2)
    options = arguments.parse_args()
    random.seed(options.seed), np.random.seed(options.seed), torch.manual_seed(options.seed)

    static = np.load(options.static)
    documents, sizes, lemmas = read(options.stem, options.corpus, static)
    more = [d for stem, corpus in options.more for d in read(stem, corpus, static, lemmas)[0]]
    check = read(*options.check, static, lemmas)[0] if options.check else []
    deps = sizes["dep"] + 1
    for document in documents + more + check:
        label(document, deps)
    held = documents[:: options.hold_out] if options.hold_out else []
    train = [d for n, d in enumerate(documents) if not options.hold_out or n % options.hold_out] + more
    rows = static["rows"].astype(np.float32) * static["scale"]
    words = torch.from_numpy(np.concatenate([np.zeros((1, rows.shape[1]), dtype=np.float32), rows]))
    pair_sizes = features.pair_sizes(deps)
    network = Network(words, sizes, pair_sizes, width=options.width)
    average = copy.deepcopy(network)
    batch_size = 4
    steps = options.epochs * -(-len(train) // batch_size)
    optimiser = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / 100) * max(0.02, 1 - step / steps))
    print(f"{sum(p.numel() for p in network.parameters())} parameters, {len(train)} documents, {steps} steps", flush=True)
    step, start = 0, time.time()
    for epoch in range(1, options.epochs + 1):
        random.shuffle(train)
        sums = np.zeros(2)
        for at in range(0, len(train), batch_size):
            anchor_loss, pair_loss = losses(network, train[at : at + batch_size])
            optimiser.zero_grad()
            (anchor_loss + 0.2 * pair_loss).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimiser.step()
            schedule.step()
            step += 1
            keep = min(0.998, 1 - 1 / (step + 1))
            with torch.no_grad():
                for mean, now in zip(average.parameters(), network.parameters()):
                    mean.lerp_(now, 1 - keep)
            sums += [anchor_loss.item(), pair_loss.item()]
        line = f"epoch {epoch} anchor {sums[0] / (len(train) / batch_size):.3f} pair {sums[1] / (len(train) / batch_size):.3f}"
        line += f" {time.time() - start:.0f} s"
        if held and epoch >= 2:
            found = predict(average, held, deps)
            line += " " + decode.report(held, found, threshold=0.4)
            if check:
                line += "  CHECK " + decode.report(check, predict(average, check, deps), threshold=0.4)
        print(line, flush=True)
        torch.save(dict(weights=average.state_dict(), maps=dict(lemma=lemmas), sizes=sizes,
                        pair_sizes=pair_sizes, width=options.width, options=vars(options)), options.out)
    if held:
        found = predict(average, held, deps)
        for threshold in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
            print(threshold, decode.report(held, found, threshold=threshold), flush=True)
    if check:
        found = predict(average, check, deps)
        for threshold in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
            print("check", threshold, decode.report(check, found, threshold=threshold), flush=True)


if __name__ == "__main__":
    main()
