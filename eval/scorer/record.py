#!/usr/bin/env python3
"""Record what the reference scorer says of recorded predictions: record.py PATH/TO/score_attributions.py

Reads documents.jsonl (for each of our samples: attributions as gold, and the same spoilt in every way that the
scorer tells apart; null where nothing is predicted) and writes expected.json, the reference's report on them without
and with punctuation. The test `score::tests` holds our scorer to those numbers. Run it from the root of the
repository when a sample's text changes.
"""
import importlib.util
import json
import os
import sys


def main():
    spec = importlib.util.spec_from_file_location("reference", sys.argv[1])
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    here = os.path.dirname(os.path.abspath(__file__))
    gold, predicted = {}, {}
    for line in open(os.path.join(here, "documents.jsonl"), encoding="utf-8"):
        row = json.loads(line)
        name = row["document"]
        text = open(name, encoding="utf-8", newline="").read()
        gold[name] = {"id": name, "text": text, "attributions": row["gold"]}
        if row["predicted"] is not None:
            predicted[name] = {"id": name, "attributions": row["predicted"]}
    reports = {name: reference.score(gold, predicted, punct)
               for name, punct in (("words", False), ("punctuation", True))}
    with open(os.path.join(here, "expected.json"), "w", encoding="utf-8") as f:
        json.dump(reports, f, indent=1)
        f.write("\n")


if __name__ == "__main__":
    main()
