-- What people said of statements. The rows of `statements` hold the record as it is after that; these hold what made it so.

-- The log: rows are added and never changed. `anchor` says where the words stand, so that a later reading of the article can be held
-- against it; `statement` and `record` outlive the statement. `detail` has the fields before and after.
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (id),
    statement INTEGER NOT NULL,
    record TEXT NOT NULL,
    anchor TEXT NOT NULL CHECK (json_valid(anchor)),
    kind TEXT NOT NULL CHECK (kind IN ('accept', 'reject', 'edit', 'undo')),
    undone INTEGER REFERENCES corrections (id),
    picked TEXT NOT NULL CHECK (picked IN ('risk', 'sample', 'asked')),
    detail TEXT NOT NULL CHECK (json_valid(detail)),
    CHECK ((kind = 'undo') = (undone IS NOT NULL))
) STRICT;

CREATE INDEX corrections_by_article ON corrections (article);
CREATE UNIQUE INDEX corrections_by_undone ON corrections (undone) WHERE undone IS NOT NULL;

CREATE TRIGGER corrections_are_not_changed BEFORE UPDATE ON corrections BEGIN
    SELECT RAISE(ABORT, 'corrections are only added to');
END;

CREATE TRIGGER corrections_are_not_deleted BEFORE DELETE ON corrections BEGIN
    SELECT RAISE(ABORT, 'corrections are only added to');
END;

-- `INSERT OR REPLACE` deletes without asking the trigger above.
CREATE TRIGGER corrections_are_not_replaced BEFORE INSERT ON corrections
WHEN EXISTS (SELECT 1 FROM corrections WHERE id = new.id) BEGIN
    SELECT RAISE(ABORT, 'corrections are only added to');
END;

-- Where each correction that nobody took back stands in what is read of its article; those without a statement are orphans, and `why` says why.
CREATE TABLE attachments (
    correction INTEGER PRIMARY KEY REFERENCES corrections (id),
    article INTEGER NOT NULL REFERENCES articles (id),
    statement INTEGER REFERENCES statements (id) ON DELETE SET NULL,
    why TEXT
) STRICT;

CREATE INDEX attachments_by_article ON attachments (article);
CREATE INDEX attachments_by_statement ON attachments (statement);

-- The record as the program read it, and the verdict, where a person said something of it.
ALTER TABLE statements ADD COLUMN as_read TEXT CHECK (as_read IS NULL OR json_valid(as_read));
ALTER TABLE statements ADD COLUMN review TEXT CHECK (review IS NULL OR review IN ('accepted', 'edited', 'rejected'));

CREATE INDEX statements_by_review ON statements (review, place) WHERE review IS NOT NULL;

-- The correction that made a source, which the program did not read.
ALTER TABLE sources ADD COLUMN correction INTEGER REFERENCES corrections (id);
