#!/usr/bin/env python3
"""GUM's attribution edges as a corpus to train on: gum.py GUM_ATTRIBUTION.jsonl OUT.jsonl

Only the training part, only genres whose texts may be used commercially, only edges whose cue is signalled by a word. Source and cue are the words that
signal the edge, content the units that it attributes.
"""

import json
import sys

GENRES = {"news", "interview", "academic", "court", "essay", "bio", "speech"}


def main():
    corpus, out = sys.argv[1:]
    documents = edges = 0
    with open(corpus, encoding="utf-8") as lines, open(out, "w", encoding="utf-8") as kept:
        for line in lines:
            row = json.loads(line)
            if row["genre"] not in GENRES or row["split"] != "train":
                continue
            spans = lambda signals: sorted(map(list, {tuple(span) for signal in signals for span in signal}))
            attributions = [
                dict(source=spans(edge["source_signal"]), cue=spans(edge["cue_signal"]), content=edge["content"])
                for edge in row["attributions"]
                if edge["cue_signal"]
            ]
            kept.write(json.dumps(dict(id=row["id"], text=row["text"], attributions=attributions)) + "\n")
            documents, edges = documents + 1, edges + len(attributions)
    print(f"{documents} documents, {edges} edges", flush=True)


if __name__ == "__main__":
    main()
