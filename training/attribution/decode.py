"""From label probabilities to spans, and their scores against gold.

The program decodes in crates/sayso/src/attribution/tagger and then repairs boundaries by rules; this is the bare decoding, for choosing
between networks.
"""

import os
import sys

import numpy as np

SWITCH = 1.0  # what a change of label costs, in nats
COUNTED = ("e2e_lenient", "e2e_strict", "content_lenient", "content_strict")


def best_labels(logits, anchor, switch=SWITCH):
    """The most probable labels when each change of label costs `switch` (Viterbi). [w, 4] -> [w]"""
    scores = logits.copy()
    scores[anchor, 2] += 50.0
    n = len(scores)
    back = np.zeros((n, 4), dtype=np.int64)
    best = scores[0].copy()
    for t in range(1, n):
        top = int(best.argmax())
        change = best[top] - switch
        stay = best
        take = change > stay
        back[t] = np.where(take, top, np.arange(4))
        best = np.where(take, change, stay) + scores[t]
    path = np.zeros(n, dtype=np.int64)
    path[-1] = int(best.argmax())
    for t in range(n - 1, 0, -1):
        path[t - 1] = back[t, path[t]]
    return path


def spans(document, low, labels, value):
    found, t = [], 0
    while t < len(labels):
        if labels[t] != value:
            t += 1
            continue
        end = t
        while end + 1 < len(labels) and labels[end + 1] == value:
            end += 1
        found.append([int(document.start[low + t]), int(document.end[low + end])])
        t = end + 1
    return found


def attributions(document, found, threshold, switch=SWITCH):
    out = []
    for probability, anchor, low, logits in found:
        if probability < threshold:
            continue
        labels = best_labels(logits, anchor - low, switch)
        content = spans(document, low, labels, 3)
        if content:
            out.append(dict(source=spans(document, low, labels, 1), cue=spans(document, low, labels, 2), content=content))
    return out


def report(documents, found, threshold, switch=SWITCH):
    """F1 of the shared scorer's four measures as one line; the scorer's folder is $SCORER."""
    sys.path.insert(0, os.environ["SCORER"])
    import score_attributions as scorer

    gold = {d.id: dict(id=d.id, text=d.text, attributions=d.gold) for d in documents}
    made = [attributions(d, f, threshold, switch) for d, f in zip(documents, found)]
    result = scorer.score(gold, {d.id: dict(id=d.id, attributions=a) for d, a in zip(documents, made)})["attributions"]
    line = "  ".join(f"{name} {100 * result['all'][name]['f1']:.1f}" for name in COUNTED)
    kinds = " / ".join(f"{100 * result[kind]['e2e_lenient']['f1']:.0f}" for kind in ("direct", "mixed", "indirect"))
    both = result["all"]["e2e_lenient"]
    return f"{line}  kinds {kinds}  p {100 * both['p']:.1f} r {100 * both['r']:.1f}"
