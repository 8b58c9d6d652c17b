#!/usr/bin/env python3
"""Records what spaCy's en_core_web_sm 3.8.0 says of sentences.txt and texts/*.txt: record.py WHEEL

In: the pinned wheel that training/convert_en_core_web_sm_rules.py reads. Out: expected/sentences.tsv and expected/texts.tsv.
A record starts with a line `= NAME` and, for sentences, the line `T TEXT` with the text as sentences.txt writes it. One line a token follows, tab
separated: form, whether a space follows that belongs to no token (` ` or empty), tag, part of speech, lemma (empty: the form), distance to the
head, label, `^` where a sentence starts, entity (B-KIND, I-KIND or empty). Where the attribute ruler changed tag or label, what it was
before stands in front: `NN>_SP`.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from pathlib import Path

import spacy

HERE = Path(__file__).resolve().parent
CONVERT = HERE.parents[3] / "training/convert_en_core_web_sm_rules.py"
BEFORE_RULER = ["tok2vec", "tagger", "parser"]


def unescape(line: str) -> str:
    """`\\n`, `\\t`, `\\r`, `\\\\` and `\\u{...}`."""
    text, rest = "", line
    while rest:
        char, rest = rest[0], rest[1:]
        if char != "\\":
            text += char
        elif rest.startswith("u{"):
            code, rest = rest[2:].split("}", 1)
            text += chr(int(code, 16))
        else:
            kind, rest = rest[0], rest[1:]
            text += {"n": "\n", "t": "\t", "r": "\r"}.get(kind, kind)
    return text


def escape(field: str) -> str:
    plain = field.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    # Unicode's own line breaks would tear the table apart for readers that honour them
    return "".join(f"\\u{{{ord(c):x}}}" if c in "\x85\u2028\u2029" else c for c in plain)


def changed(before: str, after: str) -> str:
    return after if before == after else f"{before}>{after}"


def rows(nlp, text: str) -> list[str]:
    doc = nlp.make_doc(text)
    for name in BEFORE_RULER:
        doc = nlp.get_pipe(name)(doc)
    before = [(token.tag_, token.dep_) for token in doc]
    for name in ("attribute_ruler", "lemmatizer", "ner"):
        doc = nlp.get_pipe(name)(doc)
    assert doc.text == text
    lines = []
    for token, (tag, dep) in zip(doc, before):
        entity = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else ""
        columns = [
            escape(token.text), token.whitespace_, changed(tag, token.tag_), token.pos_,
            "" if token.lemma_ == token.text else escape(token.lemma_), str(token.head.i - token.i),
            changed(dep, token.dep_), "^" if token.is_sent_start else "", entity,
        ]
        lines.append("\t".join(columns))
    return lines


def write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    tokens = sum("\t" in line for line in lines)
    print(f"{path.name}: {tokens} tokens, {path.stat().st_size} bytes")


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    spec = importlib.util.spec_from_file_location("convert", CONVERT)
    convert = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(convert)
    with tempfile.TemporaryDirectory() as folder:
        nlp = spacy.load(convert.unpack(Path(sys.argv[1]), Path(folder)))
    sentences, name, number = [], "", 0
    for line in (HERE / "sentences.txt").read_text(encoding="utf-8").split("\n"):
        if line.startswith("# "):
            name, number = line[2:], 0
        elif line:
            number += 1
            sentences += [f"= {name} {number}", f"T {line}", *rows(nlp, unescape(line))]
    write(HERE / "expected/sentences.tsv", sentences)
    texts = []
    for path in sorted((HERE / "texts").glob("*.txt")):
        texts += [f"= {path.name}", *rows(nlp, path.read_bytes().decode())]
    write(HERE / "expected/texts.tsv", texts)


if __name__ == "__main__":
    main()
