#!/usr/bin/env python3
"""Turn a marked-up article into the article and its gold: mark.py ARTICLE.mark TEXT.txt GOLD.jsonl [--stand-off]

A marked-up article is the article with rows under its paragraphs:

    “This was piracy,” he told the station. His crews were patient, he added.
    % Orsin Hale | condemn/accuse | ds | S=he#1 | C=told | X=“This was piracy,”
    % Orsin Hale | state | is | S=he#2 | C=added | X=His ~ patient

A line `%% Orsin Hale = Captain Hale` before the article gives other names under which a speaker is right.
A row holds: speaker (`-` for nobody); act, with the acts that a careful reader might choose instead after `/`;
mode (d, i, m, `-` where it is not decided) and kind (s, t), then flags (n negated, o optional); and the words of
source, cue and content. `A ~ B` runs from A to the next B, `//` separates pieces, `#2` takes the second
occurrence; a space also finds a no-break space. Words are looked up in the row's paragraph, then in the one
before. `%>` is a statement inside the last row with one `>` less. With --stand-off the article is read from
TEXT.txt instead of written, rows follow a line `@ first words of the paragraph`, and the gold repeats no words.
A row `%!` says that its paragraph is no running text (a crosshead, a caption, page furniture): no statement may
come from there.

Offsets are code points; each span is checked by slicing.
"""
import hashlib
import json
import re
import sys

MODES = {"d": "direct", "i": "indirect", "m": "mixed", "-": None}
KINDS = {"s": "speech", "t": "thought"}


def find(text, phrase, start, end):
    """Start and end of a phrase in text[start:end], on word boundaries; None if it is not there."""
    m = re.fullmatch(r"(.*?)#(\d+)", phrase, re.S)
    phrase, nth = (m[1], int(m[2])) if m else (phrase, 1)
    left = r"(?<!\w)" if re.match(r"\w", phrase) else ""
    right = r"(?!\w)" if re.search(r"\w\Z", phrase) else ""
    for i, hit in enumerate(re.compile(left + re.escape(phrase) + right).finditer(text, start, end), 1):
        if i == nth:
            return hit.span()
    return None


def locate(text, value, paragraphs):
    spans = []
    for piece in filter(None, (p.strip() for p in value.split("//"))):
        first, _, last = (p.strip() for p in piece.partition(" ~ "))
        for start, end in paragraphs:
            at = find(text, first, max(start, spans[-1][1] if spans else 0), end)
            if at and last:
                tail = find(text, last, at[1], end)
                at = (at[0], tail[1]) if tail else None
            if at:
                break
        else:
            raise SystemExit("not found: %r" % piece)
        spans.append(list(at))
    return spans


def read(lines, article):
    """The article's text, (paragraphs, row) pairs with the current paragraph's offsets first, other names."""
    rows, names, text, here, before = [], {}, article or "", (0, 0), (0, 0)
    for line in lines:
        if line.startswith("%%"):
            name, *others = (n.strip() for n in line[2:].split(" = "))
            names[name] = others
        elif line.startswith("%"):
            rows.append(((here, before), line[1:].strip("\n")))
        elif article is None:
            text += line
            if line.strip():
                here, before = (len(text) - len(line), len(text)), here
        elif line.startswith("@"):
            start = find(article.replace("\xa0", " "), line[1:].strip(), 0, len(article))[0]
            here, before = (start, (article + "\n").index("\n", start)), here
    return text, rows, names


def main():
    args = [a for a in sys.argv[1:] if not a.startswith("--")]
    stand_off = "--stand-off" in sys.argv
    mark, text_path, gold_path = args
    article = open(text_path, encoding="utf-8", newline="").read() if stand_off else None
    text, rows, names = read(open(mark, encoding="utf-8", newline=""), article)
    if not stand_off:
        open(text_path, "w", encoding="utf-8", newline="").write(text)
    sha = hashlib.sha256(text.encode()).hexdigest()
    out = [{"document": text_path, "sha256": sha, "offset_unit": "codepoint", "also_called": names}]
    open_at = []
    not_read = [list(paragraphs[0]) for paragraphs, row in rows if row.startswith("!")]
    rows = [r for r in rows if not r[1].startswith("!")]
    out[0]["not_read"] = [[a, a + len(text[a:b].rstrip())] for a, b in not_read]
    for n, (paragraphs, row) in enumerate(rows, 1):
        depth = len(row) - len(row.lstrip(">"))
        speaker, acts, flags, *words = [f.strip() for f in row[depth:].split("|")]
        spans = {w[0]: locate(text.replace("\xa0", " "), w[2:], paragraphs) for w in words}
        assert set(spans) == set("SCX") and spans["X"], row
        act, *or_acts = acts.split("/")
        open_at = open_at[:depth] + [n]
        statement = {
            "n": n, "speaker": None if speaker == "-" else speaker, "act": act, "or_acts": or_acts,
            "mode": MODES[flags[0]], "kind": KINDS[flags[1]], "negated": "n" in flags[2:],
            "inside": open_at[depth - 1] if depth else None, "optional": "o" in flags[2:],
            "source": spans["S"], "cue": spans["C"], "content": spans["X"]}
        if not stand_off:
            statement["words"] = {k: [text[a:b] for a, b in statement[k]] for k in ("source", "cue", "content")}
        out.append(statement)
    with open(gold_path, "w", encoding="utf-8") as f:
        for row in out:
            f.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
