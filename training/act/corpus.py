#!/usr/bin/env python3
"""The documents that labels.jsonl is about: corpus.py DATA CORPUS LABELS

DATA is the folder of corpora. Out: CORPUS, JSON Lines with `id` and `text` for `cargo xtask acts`, and LABELS, labels.jsonl with the document's id as
`document`. The ids are the first digits of the texts' hashes. Every text is checked against its hash; nothing of it is in the repository.
"""

import hashlib
import json
import re
import sys
from pathlib import Path

FILES = {
    "wikinews": ("wikinews/wikinews_2019_2020.jsonl", "url"),
    "wh_briefings": ("wh_briefings/wh_briefings.jsonl", "id"),
    "re3d": ("re3d/re3d.jsonl", "id"),
    "polnear": ("polnear/train.jsonl", "id"),
    "gum": ("gum/gum_docs.jsonl", "id"),
    "worldwide_ner": ("worldwide_ner/worldwide_ner_dev.jsonl", "id"),
}
PARAGRAPHS = 150  # of a briefing that were read


def running_text(sentences):
    """The words of worldwide_ner as they would be printed, two sentences a paragraph."""
    lines = []
    for words in sentences:
        line = " ".join(word for word, _ in words)
        line = re.sub(r"\s+([,.;:!?%)\]}’”])", r"\1", line)
        line = re.sub(r"([(\[{“‘$£#])\s+", r"\1", line)
        line = re.sub(r"(\w) - (\w)", r"\1-\2", line)
        line = re.sub(r"([’'])\s*(s|S|re|ve|ll|d|m|t)\b", r"\1\2", line)
        line = re.sub(r"\s+(n['’]t|['’](?:s|re|ve|ll|d|m)\b)", r"\1", line)
        marks = iter([' "', '" '] * len(line))
        line = re.sub(r'\s*"\s*', lambda _: next(marks), line)
        line = re.sub(r" +", " ", line).strip()
        lines.append(re.sub(r'" ([,.;:!?])', r'"\1', line))
    lines = [line for line in lines if line]
    return "\n\n".join(" ".join(lines[at : at + 2]) for at in range(0, len(lines), 2))


def main():
    data, corpus, labels = Path(sys.argv[1]), *map(Path, sys.argv[2:4])
    documents = {}
    for name, (path, key) in FILES.items():
        for line in (data / path).open(encoding="utf-8"):
            document = json.loads(line)
            documents[name, document[key]] = document
    texts, rows = {}, []
    for line in (Path(__file__).parent / "labels.jsonl").open(encoding="utf-8"):
        label = json.loads(line)
        document = documents[label["corpus"], label["id"]]
        first = label.get("first_paragraph")
        if label["corpus"] == "worldwide_ner":
            text = running_text(document["sents"])
        else:
            text = document["text"] if first is None else "\n\n".join(document["paragraphs"][first : first + PARAGRAPHS])
        if hashlib.sha256(text.encode()).hexdigest() != label["sha256"]:
            sys.exit(f"{label['id']} has another text")
        number = label["sha256"][:12]
        texts[number] = text
        row = {"document": number, "content": label["content"], "acts": label["acts"]}
        if "target" in label:
            at = label["target"]
            row["target"] = at and {"at": at, "name": text[at[0] : at[1]]}
        rows.append(row)
    corpus.write_text("".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in texts.items()), encoding="utf-8")
    labels.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
