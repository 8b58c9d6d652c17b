-- Feeds that are polled. `etag` and `last_modified` are of the state of which every entry was taken care of; nothing where some is to be tried again.
CREATE TABLE feeds (
    url TEXT PRIMARY KEY,
    etag TEXT,
    last_modified TEXT,
    polled TEXT NOT NULL,
    status TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Their entries, by what the feed calls them. `article` is the number of the article that came of one, and outlives it; nothing where none came in so many tries.
CREATE TABLE entries (
    feed TEXT NOT NULL,
    entry TEXT NOT NULL,
    article INTEGER,
    tries INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (feed, entry)
) STRICT, WITHOUT ROWID;

CREATE INDEX articles_by_url ON articles (url) WHERE url IS NOT NULL;
