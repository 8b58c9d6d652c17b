#!/usr/bin/env python3
"""Record what the reference scorer says of our own articles: record.py PATH/TO/score_attributions.py

Writes predictions.jsonl (the gold of eval/gold, spoilt in every way that the scorer tells apart, with a fixed seed)
and expected.json (the reference's report on them, without and with punctuation). The test `score::tests` holds our
scorer to those numbers. Run it from the root of the repository after a change to eval/gold.
"""
import glob
import importlib.util
import json
import os
import random
import sys


def spoil(spans, length, rng):
    """Move an end, drop a piece, or split a piece."""
    spans = [list(s) for s in spans]
    if not spans:
        return spans
    i = rng.randrange(len(spans))
    start, end = spans[i]
    choice = rng.random()
    if choice < 0.4:
        spans[i] = [start, max(start, end - rng.randrange(1, 30))]
    elif choice < 0.7:
        spans[i] = [max(0, start - rng.randrange(1, 30)), min(length, end + rng.randrange(0, 20))]
    elif choice < 0.85 and end - start > 12:
        middle = rng.randrange(start + 4, end - 4)
        spans[i:i + 1] = [[start, middle - 3], [middle, end]]
    else:
        del spans[i]
    return spans


def predict(text, gold, rng):
    out = []
    for number, attribution in enumerate(gold):
        if rng.random() < 0.15:
            continue
        made = {role: attribution[role] for role in ("source", "cue", "content")}
        for role, share in (("content", 0.35), ("source", 0.25), ("cue", 0.2)):
            if rng.random() < share:
                made[role] = spoil(made[role], len(text), rng)
        if rng.random() < 0.1:
            made["source"] = gold[(number + 1) % len(gold)]["source"]
        if rng.random() < 0.08:
            made["source"] = []
        out.append(made)
        if rng.random() < 0.08:
            out.append(dict(made))
    for _ in range(3):
        start = rng.randrange(len(text) - 80)
        out.append({"source": [[start, start + 9]], "cue": [], "content": [[start + 10, start + 10 + rng.randrange(70)]]})
    rng.shuffle(out)
    return out


def main():
    spec = importlib.util.spec_from_file_location("reference", sys.argv[1])
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    rng, gold, predicted = random.Random(7), {}, {}
    for path in sorted(glob.glob("eval/gold/*.jsonl")):
        rows = [json.loads(line) for line in open(path, encoding="utf-8")]
        name = os.path.splitext(os.path.basename(path))[0]
        text = open(rows[0]["document"], encoding="utf-8", newline="").read()
        gold[name] = {"id": name, "text": text, "attributions": rows[1:]}
        predicted[name] = {"id": name, "attributions": predict(text, rows[1:], rng)}
    predicted.pop(max(predicted))                                   # a document with nothing predicted
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "predictions.jsonl"), "w", encoding="utf-8") as f:
        for document in predicted.values():
            f.write(json.dumps(document) + "\n")
    reports = {name: reference.score(gold, predicted, punct)
               for name, punct in (("words", False), ("punctuation", True))}
    with open(os.path.join(here, "expected.json"), "w", encoding="utf-8") as f:
        json.dump(reports, f, indent=1)
        f.write("\n")


if __name__ == "__main__":
    main()
