#!/usr/bin/env python3
"""What trained networks say of a corpus, as soft labels to train another network on.

    silver.py FEATURES_STEM CORPUS.jsonl STATIC.npz OUT.pt TRAINED.pt [TRAINED.pt ...]

Out: for each document the probability of every token that it is an anchor, and for each likely anchor its window with the probabilities
of the four roles; means over the networks.
"""

import sys

import numpy as np
import torch

import encoder as encoders
import features
import train
from network import Network

LEAST = 0.1


def load(path):
    """What was saved, the network, and its tokenizer if it has an encoder."""
    saved = torch.load(path, weights_only=False)
    folder = saved["options"]["encoder"]
    encoder = encoders.Encoder(folder) if folder else None
    network = Network(saved["weights"]["words"], saved["sizes"], saved["pair_sizes"], width=saved["width"], encoder=encoder)
    network.load_state_dict(saved["weights"])
    return saved, network.eval(), encoders.tokenizer(folder) if folder else None


@torch.inference_mode()
def label(document, networks, deps):
    states, anchors = [], []
    for network, tokenizer in networks:
        document.pieces = encoders.Pieces(document, document.text, tokenizer) if tokenizer else None
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=tokenizer is not None):
            states.append(network.states(train.batch_of([document])))
        states[-1] = states[-1].float()
        anchors.append(torch.sigmoid(network.anchors(states[-1]))[0].numpy())
    document.pieces = None
    probability = np.mean(anchors, 0)
    pairs = []
    likely = [int(anchor) for anchor in np.flatnonzero(probability > LEAST)]
    for at in range(0, len(likely), 16):
        windows = [(anchor, *document.pair_codes(anchor, deps)) for anchor in likely[at : at + 16]]
        rows = train.pairs_of([(0, anchor, low, codes) for anchor, low, _, codes in windows])[:5]
        roles = [torch.softmax(network.pairs(state, *rows), -1).numpy() for (network, _), state in zip(networks, states)]
        mean = np.mean(roles, 0).astype(np.float16)
        pairs += [(anchor, low, mean[n, : high - low]) for n, (anchor, low, high, _) in enumerate(windows)]
    return probability.astype(np.float16), pairs


def main():
    stem, corpus, static, out, *trained = sys.argv[1:]
    static = np.load(static)
    loaded = [load(path) for path in trained]
    documents, _, _ = train.read(stem, corpus, static, loaded[0][0]["maps"]["lemma"])
    deps = loaded[0][0]["sizes"]["dep"] + 1
    labels = {}
    for document in documents:
        labels[document.id] = label(document, [one[1:] for one in loaded], deps)
        if len(labels) % 50 == 0:
            print(f"{len(labels)} of {len(documents)}", flush=True)
    torch.save(labels, out)
    print(f"{len(labels)} documents, {sum(len(pairs) for _, pairs in labels.values())} windows", flush=True)


if __name__ == "__main__":
    main()
