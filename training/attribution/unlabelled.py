#!/usr/bin/env python3
"""Puts together news that nobody annotated, for distillation: unlabelled.py DATA GOLD OUT.jsonl

DATA holds wikinews, gum, re3d and wh_briefings as shared data sets have them; GOLD is eval/gold. Documents of the gold's development and test part
are left out, and with them every paragraph of the same briefing; so are GUM's development and test parts and re3d's texts by the BBC. Out: JSON Lines with
`id` and `text`.
"""

import json
import sys
from pathlib import Path

GENRES = {"news", "interview", "speech", "court", "essay", "bio"}
LEAST_WORDS = 60
# briefings are long and much alike: of every 75 paragraphs the first 25
PARAGRAPHS, STEP = 25, 75


def rows(path):
    with open(path, encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def texts(data, left_out):
    for number, row in enumerate(rows(data / "wikinews/wikinews_2019_2020.jsonl")):
        if ("wikinews", row["url"]) not in left_out:
            yield f"wikinews-{number}", row["text"]
    for row in rows(data / "gum/gum_docs.jsonl"):
        if row["genre"] in GENRES and row["split"] == "train":
            yield row["id"], row["text"]
    for row in rows(data / "re3d/re3d.jsonl"):
        if "BBC" not in row["source"] and ("re3d", row["id"]) not in left_out:
            yield row["id"], row["text"]
    for row in rows(data / "wh_briefings/wh_briefings.jsonl"):
        if ("wh_briefings", row["id"]) not in left_out:
            for start in range(0, len(row["paragraphs"]), STEP):
                yield f"{row['id']}-{start}", "\n\n".join(row["paragraphs"][start : start + PARAGRAPHS])


def main():
    data, gold, out = map(Path, sys.argv[1:])
    left_out = set()
    for path in [*gold.glob("dev/*.jsonl"), *gold.glob("test/*.jsonl")]:
        text = next(rows(path))["text"]
        left_out.add((text["corpus"], text.get("id") or text.get("url")))
    documents = words = 0
    with open(out, "w", encoding="utf-8") as lines:
        for name, text in texts(data, left_out):
            text = text.replace("\r", "")
            if len(text.split()) >= LEAST_WORDS:
                lines.write(json.dumps(dict(id=name, text=text)) + "\n")
                documents, words = documents + 1, words + len(text.split())
    print(f"{documents} documents, {words} words, {len(left_out)} left out", flush=True)


if __name__ == "__main__":
    main()
