#!/usr/bin/env python3
"""Trains the attribution network.

    train.py FEATURES_STEM CORPUS.jsonl STATIC.npz OUT.pt [--hold-out N] [--epochs N] [--seed N]

In: the feature dump (STEM.jsonl, STEM.vectors), the corpus with `attributions` (source, cue, content; code points), word vectors. Out: weights,
maps and what was chosen. With --hold-out every Nth document is kept back, scored after each second epoch and used for choosing thresholds.
"""

import argparse
import collections
import copy
import json
import os
import random
import time

import numpy as np
import torch
from torch.nn import functional as F

import decode
import encoder as encoders
import features
from network import CONTENT, CUE, NONE, SOURCE, Network


LEAST_COUNT = 8
ONE_OF_FOUR = np.eye(4, dtype=np.float32)


def read(stem, corpus, static, lemmas=None):
    """The documents, the sizes of the tables, and the lemmas that have a number of their own."""
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
            document.id, document.text, document.gold = gold["id"], gold["text"], [a for a in gold.get("attributions", []) if not a.get("optional")]
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
    document.tags = np.zeros((len(document), 3), dtype=np.float32)
    for gold in document.gold:
        for n, role in enumerate(("source", "cue", "content")):
            document.tags[sorted(covered(document, gold[role])), n] = 1
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
        document.pairs.append((anchor, low, codes.astype(np.int16), ONE_OF_FOUR[labels]))


def label_softly(document, deps, anchors, pairs):
    """Another network's probabilities as anchors and labels (silver.py); windows count as much as their anchor is likely."""
    document.anchors, document.tags = anchors.astype(np.float32), None
    document.pairs = []
    for anchor, low, roles in pairs:
        _, _, codes = document.pair_codes(anchor, deps)
        document.pairs.append((anchor, low, codes.astype(np.int16), roles.astype(np.float32) * float(anchors[anchor])))


def mix(document, deps, anchors, pairs):
    """The mean of gold labels and another network's probabilities, where both are known."""
    hard = dict((pair[0], pair) for pair in document.pairs)
    gold, tags = document.anchors, document.tags
    label_softly(document, deps, anchors, pairs)
    document.anchors, document.tags = (gold + document.anchors) / 2, tags
    soft = dict((pair[0], pair) for pair in document.pairs)
    document.pairs = []
    for anchor in sorted(hard.keys() | soft.keys()):
        known = [pair for pair in (hard.get(anchor), soft.get(anchor)) if pair]
        document.pairs.append((*known[0][:3], sum(pair[3] for pair in known) / 2))


def batch_of(documents):
    width = max(len(d) for d in documents)
    pad = lambda values: torch.from_numpy(np.stack([np.pad(v, (0, width - len(v))) for v in values]))
    batch = {name: pad([getattr(d, name) for d in documents]) for name in
             ("lemma", "word", "tag", "dep", "entity", "place", "look", "to_head", "head")}
    batch["block"] = pad([d.block + 1 for d in documents])
    wide = lambda values: torch.from_numpy(
        np.stack([np.pad(np.asarray(v, dtype=np.float32), ((0, width - len(v)), (0, 0))) for v in values]))
    batch["vectors"] = wide([d.vectors for d in documents])
    batch["flags"] = wide([d.flags for d in documents])
    batch["pieces"] = [d.pieces for d in documents]
    batch["mask"] = pad([np.ones(len(d), dtype=np.float32) for d in documents])
    return batch


def pairs_of(pairs):
    """pairs: (document, anchor, low, codes[, labels]) -> tensors padded to the widest window."""
    width = max(len(p[3]) for p in pairs)
    document = torch.tensor([p[0] for p in pairs])
    anchor = torch.tensor([p[1] for p in pairs])
    tokens, mask = np.zeros((len(pairs), width), dtype=np.int64), np.zeros((len(pairs), width), dtype=np.float32)
    codes = np.zeros((len(pairs), width, 5), dtype=np.int64)
    labels = np.zeros((len(pairs), width, 4), dtype=np.float32)
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
    anchor_loss = F.binary_cross_entropy_with_logits(network.anchors(states).float(), gold, reduction="none") * batch["mask"]
    blank = lambda d: np.zeros((len(d), 3), dtype=np.float32)
    tags = torch.from_numpy(np.stack([np.pad(blank(d) if d.tags is None else d.tags, ((0, width - len(d)), (0, 0))) for d in documents]))
    tagged = torch.tensor([float(d.tags is not None) for d in documents]).reshape(-1, 1, 1) * batch["mask"].unsqueeze(-1)
    tag_loss = F.binary_cross_entropy_with_logits(network.tags(network.dropout(states)).float(), tags, reduction="none") * tagged
    pairs = sorted(((n, *pair) for n, d in enumerate(documents) for pair in d.pairs), key=lambda p: len(p[3]))
    pair_loss, number = 0.0, max(1, len(pairs))
    for at in range(0, len(pairs), 32):
        document, anchor, tokens, codes, mask, labels = pairs_of(pairs[at : at + 32])
        logits = network.pairs(states, document, anchor, tokens, codes, mask)
        pair_loss = pair_loss - (labels * torch.log_softmax(logits.float(), -1)).sum()
    return anchor_loss.sum() / number, pair_loss / number, tag_loss.sum() / number


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
    arguments.add_argument("--encoder")
    arguments.add_argument("--more", nargs=2, action="append", default=[])
    arguments.add_argument("--silver", nargs=3, action="append", default=[])
    arguments.add_argument("--mix", help="labels by silver.py of CORPUS itself")
    arguments.add_argument("--check", nargs=2)
    arguments.add_argument("--tags", type=float, default=0.1)
    arguments.add_argument("--freeze", type=int, default=0)
    arguments.add_argument("--state", help="kept every 50 steps, and gone on from if it is there")
    arguments.add_argument("--lr", type=float, default=1.5e-4)
    options = arguments.parse_args()
    random.seed(options.seed), np.random.seed(options.seed), torch.manual_seed(options.seed)

    static = np.load(options.static)
    documents, sizes, lemmas = read(options.stem, options.corpus, static)
    more = [d for stem, corpus in options.more for d in read(stem, corpus, static, lemmas)[0]]
    check = read(*options.check, static, lemmas)[0] if options.check else []
    deps = sizes["dep"] + 1
    tokenizer = encoders.tokenizer(options.encoder) if options.encoder else None
    for document in documents + more + check:
        label(document, deps)
        document.pieces = encoders.Pieces(document, document.text, tokenizer) if tokenizer else None
    silver = []
    for stem, corpus, labels in options.silver:
        labels = torch.load(labels, weights_only=False)
        for document in read(stem, corpus, static, lemmas)[0]:
            if document.id in labels:
                label_softly(document, deps, *labels[document.id])
                document.pieces = encoders.Pieces(document, document.text, tokenizer) if tokenizer else None
                silver.append(document)
    if options.mix:
        labels = torch.load(options.mix, weights_only=False)
        for document in [d for n, d in enumerate(documents) if not options.hold_out or n % options.hold_out]:
            mix(document, deps, *labels[document.id])
    held = documents[:: options.hold_out] if options.hold_out else []
    train = [d for n, d in enumerate(documents) if not options.hold_out or n % options.hold_out] + more + silver
    rows = static["rows"].astype(np.float32) * static["scale"]
    words = torch.from_numpy(np.concatenate([np.zeros((1, rows.shape[1]), dtype=np.float32), rows]))
    pair_sizes = features.pair_sizes(deps)
    network = Network(words, sizes, pair_sizes, width=options.width, encoder=encoders.Encoder(options.encoder, options.freeze) if options.encoder else None)
    average = copy.deepcopy(network)
    batch_size = 4
    steps = options.epochs * -(-len(train) // batch_size)
    of_encoder = [p for n, p in network.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    others = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    groups = [dict(params=others, lr=1.5e-3 if of_encoder else 2e-3, weight_decay=0.02)]
    if of_encoder:
        groups.append(dict(params=of_encoder, lr=options.lr, weight_decay=0.01))
    optimiser = torch.optim.AdamW(groups)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / 100) * max(0.02, 1 - step / steps))
    print(f"{sum(p.numel() for p in network.parameters())} parameters, {len(train)} documents, {steps} steps", flush=True)
    step, start, done = 0, time.time(), 0
    if options.state and os.path.exists(options.state):
        state = torch.load(options.state)
        done = state["step"]
        for part, name in ((network, "network"), (average, "average"), (optimiser, "optimiser"), (schedule, "schedule")):
            part.load_state_dict(state[name])
    for epoch in range(1, options.epochs + 1):
        random.Random(1000 * options.seed + epoch).shuffle(train)
        sums = np.zeros(2)
        for at in range(0, len(train), batch_size):
            if step < done:
                step += 1
                continue
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bool(of_encoder)):
                anchor_loss, pair_loss, tag_loss = losses(network, train[at : at + batch_size])
            optimiser.zero_grad()
            (anchor_loss + 0.2 * pair_loss + options.tags * tag_loss).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimiser.step()
            schedule.step()
            step += 1
            keep = min(0.998, 1 - 1 / (step + 1))
            with torch.no_grad():
                for mean, now in zip(average.parameters(), network.parameters()):
                    if now.requires_grad:
                        mean.lerp_(now, 1 - keep)
            if options.state and step % 50 == 0:
                state = dict(step=step, network=network.state_dict(), average=average.state_dict(), optimiser=optimiser.state_dict(), schedule=schedule.state_dict())
                torch.save(state, f"{options.state}.new")
                os.replace(f"{options.state}.new", options.state)
            if step % 20 == 0:
                print(step, f"{anchor_loss.item():.3f} {pair_loss.item():.3f} {time.time() - start:.0f} s", flush=True)
            sums += [anchor_loss.item(), pair_loss.item()]
        line = f"epoch {epoch} anchor {sums[0] / (len(train) / batch_size):.3f} pair {sums[1] / (len(train) / batch_size):.3f}"
        line += f" {time.time() - start:.0f} s"
        if held and epoch >= 2:
            found = predict(average, held, deps)
            line += " " + decode.report(held, found, threshold=0.4)
        if check and epoch >= 2:
            line += "  CHECK " + decode.report(check, predict(average, check, deps), threshold=0.4)
        print(line, flush=True)
        torch.save(dict(weights=average.state_dict(), maps=dict(lemma=lemmas), sizes=sizes,
                        pair_sizes=pair_sizes, width=options.width, options=vars(options)), options.out)
    if held:
        found = predict(average, held, deps)
        for threshold in (0.3, 0.4, 0.5, 0.55, 0.6):
            print(threshold, decode.report(held, found, threshold=threshold), flush=True)
        if check:
            found = predict(average, check, deps)
            for threshold in (0.3, 0.4, 0.5, 0.55, 0.6):
                print("check", threshold, decode.report(check, found, threshold=threshold), flush=True)


if __name__ == "__main__":
    main()
