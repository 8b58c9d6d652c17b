-- What the library holds from its first version on. A file here is never changed after it was given away; the next one adds to it.

-- The bytes as they came, by their hash, deflated.
CREATE TABLE originals (
    sha256 TEXT PRIMARY KEY,
    length INTEGER NOT NULL,
    deflated BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What was read from them. `key` is the hash of the original's hash, the document's id and the text's hash.
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    original TEXT NOT NULL REFERENCES originals (sha256),
    document_id TEXT NOT NULL,
    url TEXT,
    archive_url TEXT,
    captured TEXT,
    title TEXT,
    outlet TEXT,
    published TEXT,
    modified TEXT,
    language TEXT,
    agency TEXT,
    section TEXT,
    document TEXT NOT NULL CHECK (json_valid(document)),
    notes TEXT NOT NULL CHECK (json_valid(notes)),
    version TEXT NOT NULL,
    weights TEXT NOT NULL
) STRICT;

CREATE INDEX articles_by_original ON articles (original);
CREATE INDEX articles_by_document ON articles (document_id);
CREATE INDEX articles_by_outlet ON articles (outlet COLLATE NOCASE);

-- Who speaks in an article. `record` is the ledger's id.
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (id),
    record TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    json TEXT NOT NULL CHECK (json_valid(json)),
    UNIQUE (article, record)
) STRICT;

-- Who said what. `record` is the ledger's id; the columns before `json` are copies of its fields that are looked for.
-- `first_day` and `last_day` bound the day of the saying, else that of publication. Places are code points of the article's text.
CREATE TABLE statements (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (id),
    record TEXT NOT NULL,
    position INTEGER NOT NULL,
    speaker INTEGER REFERENCES sources (id),
    speaker_name TEXT,
    kind TEXT NOT NULL,
    act TEXT NOT NULL,
    negated INTEGER NOT NULL CHECK (negated IN (0, 1)),
    mode TEXT NOT NULL,
    quote TEXT NOT NULL,
    certainty TEXT,
    target_name TEXT,
    via_outlet TEXT,
    setting TEXT,
    said_on TEXT,
    published TEXT,
    first_day TEXT,
    last_day TEXT,
    confidence REAL NOT NULL,
    start_code_point INTEGER NOT NULL,
    end_code_point INTEGER NOT NULL,
    json TEXT NOT NULL CHECK (json_valid(json)),
    UNIQUE (article, record)
) STRICT;

CREATE INDEX statements_by_speaker ON statements (speaker);
CREATE INDEX statements_by_act ON statements (act, last_day);
CREATE INDEX statements_by_via ON statements (via_outlet COLLATE NOCASE);
CREATE INDEX statements_by_first_day ON statements (first_day, last_day);
CREATE INDEX statements_by_last_day ON statements (last_day);

-- The words of `statements`, which it does not keep a second time.
CREATE VIRTUAL TABLE words USING fts5 (
    quote,
    speaker_name,
    target_name,
    content = 'statements',
    content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2',
    prefix = '2 3'
);

CREATE TRIGGER words_of_a_new_statement AFTER INSERT ON statements BEGIN
    INSERT INTO words (rowid, quote, speaker_name, target_name)
    VALUES (new.id, new.quote, new.speaker_name, new.target_name);
END;

CREATE TRIGGER words_of_a_statement_gone AFTER DELETE ON statements BEGIN
    INSERT INTO words (words, rowid, quote, speaker_name, target_name)
    VALUES ('delete', old.id, old.quote, old.speaker_name, old.target_name);
END;

CREATE TRIGGER words_of_a_statement_changed
AFTER UPDATE OF quote, speaker_name, target_name ON statements BEGIN
    INSERT INTO words (words, rowid, quote, speaker_name, target_name)
    VALUES ('delete', old.id, old.quote, old.speaker_name, old.target_name);
    INSERT INTO words (rowid, quote, speaker_name, target_name)
    VALUES (new.id, new.quote, new.speaker_name, new.target_name);
END;

-- What could not be read.
CREATE TABLE dead_letters (
    input TEXT NOT NULL,
    why TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (input, why)
) STRICT, WITHOUT ROWID;

-- What was done to the library; rows are added and never changed. `article` outlives the article.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    what TEXT NOT NULL,
    article INTEGER,
    detail TEXT NOT NULL CHECK (json_valid(detail))
) STRICT;

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit is only added to');
END;

CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit is only added to');
END;

-- `INSERT OR REPLACE` deletes without asking the trigger above.
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id = new.id) BEGIN
    SELECT RAISE(ABORT, 'the audit is only added to');
END;
