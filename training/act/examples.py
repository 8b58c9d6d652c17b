#!/usr/bin/env python3
"""The examples of lexicon/en/acts.toml as documents and labels: examples.py CORPUS LABELS

They are the program's own sentences. With them the fit learns that a rule for an act that news seldom shows is to be believed.
"""

import json
import re
import sys
import tomllib
from pathlib import Path

TABLE = Path(__file__).parents[2] / "crates/sayso/lexicon/en/acts.toml"


def main():
    corpus, labels = map(Path, sys.argv[1:3])
    documents, rows = [], []
    for act in tomllib.loads(TABLE.read_text(encoding="utf-8"))["act"]:
        entries = act.get("cue", []) + act.get("content", [])
        for example in (example for entry in entries for example in entry["yes"]):
            text, content, at = "", [], 0
            for part in re.split(r"([<>\[\]{}])", example):
                if part == "{":
                    at = len(text)
                elif part == "}":
                    content.append([at, len(text)])
                elif part not in ("<", ">", "[", "]"):
                    text += part
            number = f"example {len(documents)}"
            documents.append({"id": number, "text": text})
            rows.append({"document": number, "content": content, "acts": [act["id"]]})
    corpus.write_text("".join(json.dumps(document) + "\n" for document in documents), encoding="utf-8")
    labels.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
