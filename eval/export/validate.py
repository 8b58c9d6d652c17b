"""Reads every format that `sayso export` writes by a program of somebody else, and compares it with the records.

    eval/export/validate [LIBRARY]          installs what is needed and runs this

In: the program, a folder with @vocabulary/{oa,prov,schema}, a folder for the exports, and a library (else one is made of our samples).
Out: a line a format with rows, seconds and size, or what is wrong and where. Nothing is fetched: the context of Web Annotation is anno.jsonld
beside this file, written after the recommendation's appendix, of the terms that sayso uses; a term that it lacks is an error.
"""

import contextlib
import csv
import importlib.metadata
import importlib.util
import io
import json
import re
import shutil
import subprocess
import sys
import time
from collections import Counter, defaultdict
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pandas
import rdflib
from markdown_it import MarkdownIt
from pyld import jsonld
from rdflib import RDF, RDFS, XSD, URIRef

HERE = Path(__file__).resolve().parent
SCHEMAS = HERE.parent.parent / "crates/sayso-cli/tests/schema"
OA = "http://www.w3.org/ns/oa#"
SDO = "https://schema.org/"
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def must(holds, what):
    if not holds:
        raise SystemExit(f"wrong: {what}")


def reader_of_brat():
    """The reader of brat-peek, without its charts, which need packages that it does not name."""
    path = importlib.metadata.distribution("brat-peek").locate_file("peek/ann_structure.py")
    spec = importlib.util.spec_from_file_location("ann_structure", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.AnnCorpus


class Export:
    """What the program writes, with how long it takes."""

    def __init__(self, program, library, folder):
        self.program, self.library, self.folder = program, library, folder
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, name, *arguments):
        path = self.folder / name
        if path.is_dir():
            shutil.rmtree(path)
        began = time.monotonic()
        command = [self.program, "export", "--library", self.library, "-o", path, *arguments]
        run = subprocess.run(command, capture_output=True, text=True)
        must(run.returncode == 0, f"{command}: {run.stderr}")
        self.took = time.monotonic() - began
        self.said = run.stderr.strip()
        return path

    def figures(self, path, rows):
        files = [path] if path.is_file() else [file for file in path.iterdir() if file.is_file()]
        size = sum(file.stat().st_size for file in files) / 1e6
        print(f"{path.name:16} {rows:>7} {self.took:>7.2f} s {size:>8.2f} MB  {self.said}")


def records(export):
    """jsonl: every quote is the text of its spans."""
    path = export.write("all.jsonl", "--format", "jsonl")
    ledgers = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for ledger in ledgers:
        text = ledger["document"]["text"]
        for one in ledger["statements"]:
            words = " ".join(text[start:end] for start, end in one["spans"]["content"])
            must(words == one["quote"], f"jsonl: {one['id']}: {words!r} is not {one['quote']!r}")
        must(set(ledger["provenance"]) == {"article", "version", "weights"}, "jsonl: provenance")
    statements = [(ledger, one) for ledger in ledgers for one in ledger["statements"]]
    export.figures(path, len(statements))
    return ledgers, statements


def neutral(cell):
    cell = cell.replace("\0", "\ufffd")

    def piece(at, words):
        bare = words.strip(" ;\t\r\n")
        is_number = re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", bare if at else cell)
        return f"'{words}" if bare.startswith(FORMULA) and not is_number else words

    first = "'" if cell.startswith(("\t", "\r", "\n")) else ""
    return first + "".join(piece(at, words) for at, words in enumerate(re.split(r"(?<=[;\t\r\n])", cell)))


def table(export, statements):
    """csv: pandas and Python's csv read the same rows, which are the statements."""
    path = export.write("all.csv", "--format", "csv")
    frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
    must(len(frame) == len(statements), f"csv: {len(frame)} rows of {len(statements)} statements")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    must(rows == frame.to_dict("records"), "csv: pandas and csv read other rows")
    for row, (ledger, one) in zip(rows, statements):
        document = ledger["document"]
        expected = {
            "document": document["id"], "document_sha256": document["sha256"], "url": document["url"] or "",
            "quote": one["quote"], "statement": one["id"], "act": one["act"], "speaker": one["speaker"] or "",
            "article": str(ledger["provenance"]["article"]), "weights": ledger["provenance"]["weights"],
        }
        for name, cell in expected.items():
            must(row[name] == neutral(cell), f"csv: {one['id']}: {name}: {row[name]!r} is not {cell!r}")
        places = [tuple(map(int, place.split("-"))) for place in row["content_spans"].split(";")]
        must(" ".join(document["text"][a:b] for a, b in places) == one["quote"], f"csv: {one['id']}: places")
        must(not any(cell != neutral(cell) for cell in row.values()), f"csv: {one['id']}: a formula")
    export.figures(path, len(rows))

    path = export.write("acled.csv", "--format", "csv", "--codebook", HERE / "acled.toml")
    frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
    must(list(frame) == ["event_id", "event_date", "time_precision", "actor1", "assoc_actor_1", "actor2", "sub_event_type",
                         "source", "source_scale", "notes"], f"codebook: {list(frame)}")
    acts = {"accuse": "Accusation", "condemn": "Accusation", "deny": "Denial"}
    for row, (_, one) in zip(frame.to_dict("records"), statements, strict=True):
        must(row["sub_event_type"] == acts.get(one["act"], "Other"), f"codebook: {row}")
        must(row["notes"] == neutral(one["quote"]) and row["source_scale"] == "National", f"codebook: {row}")
    dates = [date for date in frame["event_date"] if date]
    pandas.to_datetime(pandas.Series(dates, dtype=str), format="%d %B %Y")
    export.figures(path, len(frame))


def objects(export, ledgers):
    """json: an object a file, the same as the line."""
    path = export.write("json", "--format", "json")
    found = [json.loads(file.read_text("utf-8")) for file in path.iterdir()]
    key = lambda ledger: ledger["provenance"]["article"]
    must(sorted(found, key=key) == sorted(ledgers, key=key), "json: other records than jsonl")
    export.figures(path, len(found))


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.links, self.ids = Counter(), [], set()

    def handle_starttag(self, tag, attributes):
        self.tags[tag] += 1
        for name, value in attributes:
            must(not name.startswith("on"), f"html: {name} on <{tag}>")
            if name in ("href", "src"):
                self.links.append(value)
            if name == "id":
                self.ids.add(value)


def pages(export, ledgers):
    """html: no script, and no link that leads out of the page or nowhere."""
    path = export.write("html", "--format", "html")
    files = list(path.iterdir())
    for file in files:
        page = Page()
        page.feed(file.read_text("utf-8"))
        must(not page.tags["script"] and not page.tags["img"] and page.tags["article"] == 1, f"html: {file}: {page.tags}")
        must(all(link.startswith("#") and link[1:] in page.ids for link in page.links), f"html: {file}: a link leads nowhere")
    must(len(files) == len(ledgers), f"html: {len(files)} pages of {len(ledgers)} articles")
    export.figures(path, len(files))

    path = export.write("all.txt", "--format", "table")
    text = path.read_text("utf-8")
    must(not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text), "table: a control character")
    export.figures(path, text.count("\n"))


def brat(export, statements):
    """brat: its own rules for every line, and a reader of such files."""
    path = export.write("brat", "--format", "brat")
    pieces_of, events, seen = {}, 0, Counter()
    for file in path.glob("*.ann"):
        text = file.with_suffix(".txt").open(encoding="utf-8", newline="").read()
        ids, refers = set(), []
        for line in file.open(encoding="utf-8", newline="\n"):
            name, kind, *rest = line.rstrip("\n").split("\t")
            must(name not in ids, f"brat: {file}: {name} twice")
            ids.add(name)
            if name[0] == "T":
                role, places = kind.split(" ", 1)
                places = [tuple(map(int, place.split(" "))) for place in places.split(";")]
                must(all(a < b <= len(text) for a, b in places), f"brat: {file}: {line}")
                words = " ".join(text[a:b] for a, b in places)
                must("\n" not in words and re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", words) == rest[0], f"brat: {file}: {line}")
                pieces_of[file, name] = len(places)
                seen[role] += 1
            elif name[0] == "E":
                events += 1
                trigger, *arguments = kind.split(" ")
                must(trigger.startswith("Attribution:T"), f"brat: {file}: {line}")
                refers += [part.split(":")[1] for part in [trigger, *arguments]]
            elif name[0] == "A":
                refers.append(kind.split(" ")[1])
            elif name[0] == "#":
                refers.append(kind.split(" ")[1])
                if kind.startswith("Provenance"):
                    origin = json.loads(rest[0])
                    must({"statement", "document", "document_sha256", "generator", "url"} <= set(origin), f"brat: {line}")
            else:
                must(False, f"brat: {file}: no such annotation: {line}")
        must(set(refers) <= ids, f"brat: {file}: {set(refers) - ids} is nowhere")
    must(events == len(statements), f"brat: {events} events of {len(statements)} statements")
    # this reader takes no more than two pieces, and prints the lines of the others
    with contextlib.redirect_stdout(io.StringIO()):
        corpus = reader_of_brat()(str(path), txt=True)
    read = sum(len(document.anns["entities"]) for document in corpus.docs)
    must(read == sum(1 for pieces in pieces_of.values() if pieces < 3), f"brat: peek reads {read} of {len(pieces_of)}")
    must(sum(len(document.anns["events"]) for document in corpus.docs) == events, "brat: peek reads other events")
    export.figures(path, events)


def dossier(export, ledgers, statements):
    """markdown: a reader of GitHub's Markdown finds every statement once in full, and no link but to the articles."""
    path = export.write("all.md", "--format", "markdown")
    tokens = MarkdownIt("gfm-like", {"html": True}).parse(path.read_text("utf-8"))
    kinds = Counter(token.type for token in tokens)
    kinds.update(child.type for token in tokens for child in token.children or [])
    hostile = {"html_block", "html_inline", "image", "code_block", "fence", "code_inline", "table_open", "hr", "em_open", "s_open"}
    must(not hostile & set(kinds), f"markdown: {hostile & set(kinds)}")
    stand = [one for _, one in statements if not (one["review"] and one["review"]["verdict"] == "rejected")]
    must(kinds["blockquote_open"] == len(stand), f"markdown: {kinds['blockquote_open']} quotes of {len(stand)}")
    links = {child.attrs["href"] for token in tokens for child in token.children or [] if child.type == "link_open"}
    known = {url for ledger in ledgers for url in (ledger["document"]["url"], ledger["document"]["archive_url"]) if url}
    must(len(links) <= len(known) and all(link.startswith("http") for link in links), f"markdown: {links - known}")
    quotes = Counter()
    for at, token in enumerate(tokens):
        if token.type == "blockquote_open":
            quotes["".join(child.content for child in tokens[at + 2].children)] += 1
    plain = lambda words: " ".join(re.sub(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]", "\ufffd", words).split())
    texts = {id(one): ledger["document"]["text"] for ledger, one in statements}
    whole = lambda one: " […] ".join(texts[id(one)][a:b] for a, b in one["spans"]["content"])
    expected = Counter(plain(whole(one)) for one in stand)
    must(quotes == expected, f"markdown: {list((expected - quotes).items())[:3]} is not {list((quotes - expected).items())[:3]}")
    export.figures(path, len(stand))


def offline(url, _options=None):
    must(url == "http://www.w3.org/ns/anno.jsonld", f"{url}: a context that would have to be fetched")
    document = json.loads((HERE / "anno.jsonld").read_text())
    return {"contextUrl": None, "documentUrl": url, "document": document, "contentType": "application/ld+json"}


def graph(data):
    """The triples, read by pyld, which refuses what it cannot expand."""
    # a term that no context knows would be lost without a word
    quads = jsonld.to_rdf(data, {"format": "application/n-quads", "documentLoader": offline})
    triples = rdflib.Dataset()
    triples.parse(data=quads, format="nquads")
    return triples


def keys_are_known(data, context, where):
    """Every name in the tree is one of the context, or has a prefix that it knows."""
    if isinstance(data, list):
        for item in data:
            keys_are_known(item, context, where)
    elif isinstance(data, dict):
        for name, value in data.items():
            prefix = name.split(":")[0]
            must(name in context or name == "@context" or (":" in name and prefix in context), f"{where}: {name} is no term")
            if name != "@context":
                keys_are_known(value, context, where)


def annotations(export, statements, vocabularies):
    """web-annotation: schema, expansion, vocabulary, and selectors that find their words."""
    path = export.write("annotations.jsonld", "--format", "web-annotation")
    data = json.loads(path.read_text("utf-8"))
    jsonschema.Draft202012Validator(json.loads((SCHEMAS / "web-annotation.json").read_text())).validate(data)
    items = data["first"]["items"]
    must(data["total"] == len(items) == len(statements), f"web-annotation: {data['total']} of {len(statements)}")
    for item, (ledger, one) in zip(items, statements):
        text = ledger["document"]["text"]
        for target, (start, end) in zip(item["target"], one["spans"]["content"], strict=True):
            quote, place = target["selector"]
            must((place["start"], place["end"]) == (start, end), f"web-annotation: {one['id']}: place")
            must(quote["exact"] == text[start:end], f"web-annotation: {one['id']}: words")
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            must(text.startswith(around, start - len(quote["prefix"])), f"web-annotation: {one['id']}: words around")
    must(len({item["id"] for item in items}) == len(items), "web-annotation: two annotations of one name")
    context = json.loads((HERE / "anno.jsonld").read_text())["@context"] | data["@context"][1]
    keys_are_known(data, context, "web-annotation")
    triples = graph(data)
    terms = rdflib.Dataset()
    terms.parse(vocabularies / "oa/oa.nq", format="nquads")
    terms = {str(term) for term, *_ in terms.quads() if isinstance(term, URIRef)}
    for _, predicate, value, _ in triples.quads():
        for term in [predicate, value] if isinstance(value, URIRef) else [predicate]:
            must(not str(term).startswith(OA) or str(term) in terms, f"web-annotation: {term} is not in the vocabulary")
    found = len(set(triples.subjects(RDF.type, URIRef(OA + "Annotation"))))
    must(found == len(items), f"web-annotation: {found} annotations in the graph")
    export.figures(path, len(items))


class Vocabulary:
    """Which properties and types there are, and what they are of."""

    def __init__(self, folder):
        data = rdflib.Dataset()
        data.parse(folder / "schema/schema.nq", format="nquads")
        self.domains, self.ranges, self.above, self.known = defaultdict(set), defaultdict(set), defaultdict(set), set()
        ours = lambda term: str(term).replace("http://schema.org/", SDO)
        for subject, predicate, value, _ in data.quads():
            self.known.add(ours(subject))
            place = {"domainIncludes": self.domains, "rangeIncludes": self.ranges}.get(str(predicate).rsplit("/", 1)[-1])
            if place is not None:
                place[ours(subject)].add(ours(value))
            elif predicate == RDFS.subClassOf:
                self.above[ours(subject)].add(ours(value))
        prov = rdflib.Dataset()
        prov.parse(folder / "prov/prov.nq", format="nquads")
        for subject, predicate, value, _ in prov.quads():
            self.known.add(str(subject))
            place = {RDFS.domain: self.domains, RDFS.range: self.ranges, RDFS.subClassOf: self.above}.get(predicate)
            if place is not None and isinstance(value, URIRef):
                place[str(subject)].add(str(value))
        self.text = {SDO + name for name in ("Text", "URL", "Date", "DateTime", "Integer", "Number")}

    def upwards(self, kinds):
        found, rest = set(), list(kinds)
        while rest:
            kind = rest.pop()
            if kind not in found:
                found.add(kind)
                rest += self.above[kind]
        return found


def claims(export, statements, folder):
    """jsonld: every type and property is in its vocabulary, of a domain and a range that it has there."""
    path = export.write("claims.jsonld", "--format", "jsonld")
    data = json.loads(path.read_text("utf-8"))
    jsonschema.Draft202012Validator(json.loads((SCHEMAS / "jsonld.json").read_text())).validate(data)
    triples, vocabulary = graph(data), Vocabulary(folder)
    kinds = defaultdict(set)
    for subject, kind in triples.subject_objects(RDF.type):
        must(str(kind) in vocabulary.known, f"jsonld: no such type: {kind}")
        kinds[subject].add(str(kind))
    used = Counter()
    for subject, predicate, value, _ in triples.quads():
        if predicate == RDF.type:
            continue
        name = str(predicate)
        used[name] += 1
        must(name in vocabulary.known, f"jsonld: no such property: {name}")
        domains, ranges = vocabulary.domains[name], vocabulary.ranges[name]
        of = vocabulary.upwards(kinds[subject])
        must(not domains or domains & of, f"jsonld: {name} is of {domains}, not of {kinds[subject]}")
        if isinstance(value, rdflib.Literal):
            must(not ranges or ranges & vocabulary.text or (ranges == {str(XSD.dateTime)}) == (value.datatype == XSD.dateTime),
                 f"jsonld: {name} is {ranges}, not {value!r}")
        else:
            is_one = vocabulary.upwards(kinds[value])
            must(kinds[value], f"jsonld: {name}: {value} is described nowhere")
            must(not ranges or ranges & is_one, f"jsonld: {name} is {ranges}, not {kinds[value]}")
    stand = [one for _, one in statements if not (one["review"] and one["review"]["verdict"] == "rejected")]
    found = {subject for subject, of in kinds.items() if SDO + "Claim" in of}
    quotations = {subject for subject, of in kinds.items() if SDO + "Quotation" in of}
    texts = Counter(str(triples.value(subject, URIRef(SDO + "text"))) for subject in found)
    must(texts == Counter(one["quote"] for one in stand), "jsonld: other words than the records have")
    must(len(quotations) == sum(one["mode"] == "direct" for one in stand), "jsonld: quotations")
    export.figures(path, len(found))


def events(export, statements):
    """plover: the schema, and as many events as there are statements of such acts."""
    path = export.write("events.jsonl", "--format", "plover")
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    validator = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "plover.json").read_text()))
    for line in lines:
        validator.validate(line)
    types = {"accuse": "ACCUSE", "condemn": "ACCUSE", "call_for": "REQUEST", "demand": "REQUEST", "refuse": "REJECT", "endorse": "SUPPORT"}
    is_event = lambda one: one["act"] in types and one["kind"] == "speech" and (not one["negated"] or one["act"] == "refuse")
    stand = [one for _, one in statements if is_event(one) and not (one["review"] and one["review"]["verdict"] == "rejected")]
    must([(line["provenance"]["statement"], line["event_type"]) for line in lines] == [(one["id"], types[one["act"]]) for one in stand],
         "plover: other events")
    frame = pandas.json_normalize(lines)
    must(len(frame) == len(stand), "plover: pandas reads other rows")
    export.figures(path, len(lines))


def main():
    program, vocabularies, folder, *library = sys.argv[1:]
    folder = Path(folder)
    if library:
        library = Path(library[0])
    else:
        library = folder / "samples.db"
        folder.mkdir(parents=True, exist_ok=True)
        samples = HERE.parent.parent / "samples"
        subprocess.run([program, "add", samples, "--library", library], check=True, stdout=subprocess.DEVNULL)
    export = Export(program, library, folder)
    print(f"{'file':16} {'rows':>7} {'export':>9} {'size':>11}")
    ledgers, statements = records(export)
    must(statements, "the library has no statements")
    table(export, statements)
    objects(export, ledgers)
    pages(export, ledgers)
    brat(export, statements)
    dossier(export, ledgers, statements)
    annotations(export, statements, Path(vocabularies))
    claims(export, statements, Path(vocabularies))
    events(export, statements)
    print("every format reads back")


if __name__ == "__main__":
    main()
