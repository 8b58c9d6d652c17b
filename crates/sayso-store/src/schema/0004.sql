-- What made embeddings: the name of an encoder with the hash of its weights.
CREATE TABLE embedders (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- What statements claim, as numbers, made when somebody asks for it. `signature` is the signs of `vector`, and is read for every search.
CREATE TABLE embeddings (
    statement INTEGER PRIMARY KEY REFERENCES statements (id) ON DELETE CASCADE,
    embedder INTEGER NOT NULL REFERENCES embedders (id),
    signature BLOB NOT NULL CHECK (length(signature) = 48),
    vector BLOB NOT NULL CHECK (length(vector) = 384)
) STRICT;

CREATE INDEX embeddings_by_embedder ON embeddings (embedder);

-- A statement that claims something else, or is somebody else's, has to be embedded anew.
CREATE TRIGGER embedding_of_a_statement_changed
AFTER UPDATE OF quote, speaker_name, json ON statements
WHEN old.quote IS NOT new.quote OR old.speaker_name IS NOT new.speaker_name
    OR json_extract(old.json, '$.spans') IS NOT json_extract(new.json, '$.spans')
BEGIN
    DELETE FROM embeddings WHERE statement = old.id;
END;
