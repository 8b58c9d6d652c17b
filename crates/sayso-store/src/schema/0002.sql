-- The newest first without sorting: `place` is the last day of a statement (0 for none) before its number, and the number of a row of `words` is
-- the place of its statement, so that the index of words itself goes from day to day.

DROP TRIGGER words_of_a_new_statement;
DROP TRIGGER words_of_a_statement_gone;
DROP TRIGGER words_of_a_statement_changed;
DROP TABLE words;
DROP INDEX statements_by_act;
DROP INDEX statements_by_via;
DROP INDEX statements_by_first_day;
DROP INDEX statements_by_last_day;

ALTER TABLE statements ADD COLUMN place INTEGER GENERATED ALWAYS AS (
    coalesce(CAST(replace(last_day, '-', '') AS INTEGER), 0) * 4294967296 + id
) VIRTUAL;

-- With the act, which is looked for from the newest day on: an index of acts would be written to in as many places again.
CREATE INDEX statements_by_place ON statements (place, act);
CREATE INDEX statements_by_via ON statements (via_outlet COLLATE NOCASE, place) WHERE via_outlet IS NOT NULL;
-- How many days apart a statement's first and last day are, where they are two.
CREATE INDEX statements_by_span ON statements (julianday(last_day) - julianday(first_day))
WHERE first_day <> last_day;

CREATE VIRTUAL TABLE words USING fts5 (
    quote,
    speaker_name,
    target_name,
    content = 'statements',
    content_rowid = 'place',
    tokenize = 'unicode61 remove_diacritics 2',
    prefix = '2 3',
    columnsize = 0
);
-- Lengths of columns are not kept: they are for ranks, and the newest come first.
-- Words gather in memory (32 MB at most) and in more and smaller parts before they are merged: half the work of adding, for one or two milliseconds of finding.
INSERT INTO words (words, rank) VALUES ('hashsize', 33554432);
INSERT INTO words (words, rank) VALUES ('automerge', 8);
INSERT INTO words (words, rank) VALUES ('crisismerge', 32);
INSERT INTO words (words) VALUES ('rebuild');

-- Words of new statements are written for all of a transaction at once, which costs a third of what a trigger would: FTS5 closes its books at every
-- statement of SQL that starts a trigger.

CREATE TRIGGER words_of_a_statement_gone AFTER DELETE ON statements BEGIN
    INSERT INTO words (words, rowid, quote, speaker_name, target_name)
    VALUES ('delete', old.place, old.quote, old.speaker_name, old.target_name);
END;

CREATE TRIGGER words_of_a_statement_changed
AFTER UPDATE OF quote, speaker_name, target_name, last_day ON statements
WHEN old.quote IS NOT new.quote OR old.speaker_name IS NOT new.speaker_name
    OR old.target_name IS NOT new.target_name OR old.last_day IS NOT new.last_day
BEGIN
    INSERT INTO words (words, rowid, quote, speaker_name, target_name)
    VALUES ('delete', old.place, old.quote, old.speaker_name, old.target_name);
    INSERT INTO words (rowid, quote, speaker_name, target_name)
    VALUES (new.place, new.quote, new.speaker_name, new.target_name);
END;

-- The number of the next statement: none is given a second time, also when the last one goes.
CREATE TABLE next_number (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    statement INTEGER NOT NULL
) STRICT;
INSERT INTO next_number (one, statement) SELECT 1, coalesce(max(id), 0) + 1 FROM statements;
