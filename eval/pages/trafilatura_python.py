"""What the Python package trafilatura takes out of the pages, as JSON Lines for `cargo xtask pages --against`.

    python3 -m venv venv && venv/bin/pip install trafilatura lxml_html_clean
    venv/bin/python eval/pages/trafilatura_python.py ../shared/data/pages > trafilatura.jsonl
"""

import json
import sys
import zipfile
from pathlib import Path

import trafilatura

folder = Path(sys.argv[1])
archive = zipfile.ZipFile(folder / "pages.zip")
for line in (folder / "gold.jsonl").read_text().rstrip("\n").split("\n"):
    page = json.loads(line)
    html = archive.read(page["id"] + ".html")
    try:
        found = trafilatura.bare_extraction(html, url=page["url"], include_comments=False, with_metadata=True)
    except Exception as error:  # a page that it breaks on counts as one of which it takes nothing
        print(page["id"], repr(error), file=sys.stderr)
        found = None
    found = found.as_dict() if found is not None else {}
    row = {key: found.get(key) for key in ("title", "author", "date", "text")}
    print(json.dumps({"id": page["id"], **row}, ensure_ascii=False))
