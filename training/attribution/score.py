#!/usr/bin/env python3
"""Scores a trained network, or the mean of several, by bare decoding, without the program's rules.

    SCORER=FOLDER score.py FEATURES_STEM CORPUS.jsonl STATIC.npz TRAINED.pt[:WEIGHT] [TRAINED.pt[:WEIGHT] ...] [--every N] [--switch NATS ...]

With --every only each Nth document, which is what train.py --hold-out N keeps back.
"""

import argparse

import numpy as np
import torch

import decode
import encoder as encoders
import silver
import train


@torch.inference_mode()
def predict(document, networks, deps, least=0.1):
    states, anchors, weights = [], 0.0, [weight for _, _, weight in networks]
    for network, tokenizer, weight in networks:
        document.pieces = encoders.Pieces(document, document.text, tokenizer) if tokenizer else None
        states.append(network.states(train.batch_of([document])))
        anchors = anchors + weight * torch.sigmoid(network.anchors(states[-1]))[0].numpy()
    anchors = anchors / sum(weights)
    found = []
    for anchor in np.flatnonzero(anchors > least):
        low, high, codes = document.pair_codes(int(anchor), deps)
        row = train.pairs_of([(0, int(anchor), low, codes)])[:5]
        roles = sum(w * torch.softmax(n.pairs(s, *row), -1)[0].numpy() for (n, _, w), s in zip(networks, states)) / sum(weights)
        found.append((float(anchors[anchor]), int(anchor), low, np.log(roles[: high - low] + 1e-9)))
    return found


def main():
    arguments = argparse.ArgumentParser()
    for name in ("stem", "corpus", "static"):
        arguments.add_argument(name)
    arguments.add_argument("trained", nargs="+")
    arguments.add_argument("--every", type=int, default=1)
    arguments.add_argument("--switch", type=float, nargs="+", default=[decode.SWITCH])
    options = arguments.parse_args()
    static = np.load(options.static)
    networks = []
    for one in options.trained:
        path, _, weight = one.partition(":")
        saved, network, tokenizer = silver.load(path)
        networks.append((network, tokenizer, float(weight or 1)))
    documents = train.read(options.stem, options.corpus, static, saved["maps"]["lemma"])[0][:: options.every]
    found = [predict(document, networks, saved["sizes"]["dep"] + 1) for document in documents]
    for switch in options.switch:
        for threshold in (0.3, 0.4, 0.5, 0.6):
            print(f"switch {switch} threshold {threshold}", decode.report(documents, found, threshold, switch), flush=True)


if __name__ == "__main__":
    main()
