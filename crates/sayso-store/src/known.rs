//! Whether an article is there already: as it would be added, or, before anybody takes it apart, by its bytes.

use crate::error::StoreError;
use crate::open::Reader;
use crate::records::json_of;
use rusqlite::{Connection, OptionalExtension, named_params};
use sayso::ledger::{Document, hexadecimal};
use sha2::{Digest, Sha256};

/// What is known of an article before it is read.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The document's id.
    pub id: &'a str,
    /// Its address, where somebody else than the document says it.
    pub url: Option<&'a str>,
    /// When it was published and who says so, where somebody else than the document does.
    pub published: Option<(&'a str, &'a str)>,
    /// When a copy was made.
    pub captured: Option<&'a str>,
    /// Where that is kept.
    pub archive_url: Option<&'a str>,
}

impl Reader {
    /// Whether adding an article would change nothing, before anybody reads it for what is said in it.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] if the file cannot be read.
    pub fn knows(
        &self,
        original: &[u8],
        document: &Document,
        version: &str,
        weights: &str,
    ) -> Result<bool, StoreError> {
        let look = || {
            // an input that failed since then is read, and is a dead letter no more
            let mut failed =
                self.connection.prepare_cached("SELECT 1 FROM dead_letters WHERE input = ?1 LIMIT 1")?;
            if failed.exists([&document.id])? {
                return Ok(false);
            }
            let key = key(&hexadecimal(&Sha256::digest(original)), document);
            let kept = kept(&self.connection, &key, &json_of(document), version, weights)?;
            Ok(kept.is_some_and(|(_, is_same)| is_same))
        };
        look().map_err(self.failed())
    }

    /// The same before anybody takes it apart: these bytes under this name, and nothing else given. What this does not know may be known all the same.
    ///
    /// # Errors
    /// As [`Reader::knows`].
    pub fn knows_bytes(
        &self,
        original: &[u8],
        given: &Given,
        version: &str,
        weights: &str,
    ) -> Result<bool, StoreError> {
        let look = || {
            let mut failed =
                self.connection.prepare_cached("SELECT 1 FROM dead_letters WHERE input = ?1 LIMIT 1")?;
            if failed.exists([given.id])? {
                return Ok(false);
            }
            let (published, published_from) = given.published.unzip();
            self.connection.prepare_cached(SAME_GIVEN)?.exists(named_params! {
                ":original": hexadecimal(&Sha256::digest(original)), ":id": given.id, ":version": version,
                ":weights": weights, ":url": given.url, ":published": published,
                ":published_from": published_from, ":captured": given.captured,
                ":archive_url": given.archive_url,
            })
        };
        look().map_err(self.failed())
    }
}

/// An article of these bytes under this name, that was read so and of which the same was given. Who says when it was published is asked, as what
/// the document itself says comes of the bytes again.
const SAME_GIVEN: &str = "
    SELECT 1 FROM articles
    WHERE original = :original AND document_id = :id AND version = :version AND weights = :weights
        AND (:url IS NULL OR url = :url) AND captured IS :captured AND archive_url IS :archive_url
        AND CASE WHEN :published IS NULL
            THEN coalesce(document ->> 'published_from', '') NOT IN ('argument', 'record', 'feed')
            ELSE published = :published AND document ->> 'published_from' = :published_from END";

/// An article's number, and whether it is there as it would be added.
pub(crate) fn kept(
    connection: &Connection,
    key: &str,
    document: &str,
    version: &str,
    weights: &str,
) -> rusqlite::Result<Option<(i64, bool)>> {
    connection
        .prepare_cached(
            "SELECT id, document = ?2 AND version = ?3 AND weights = ?4 FROM articles WHERE key = ?1",
        )?
        .query_row([key, document, version, weights], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// What identifies an article.
pub(crate) fn key(original: &str, document: &Document) -> String {
    let mut hash = Sha256::new();
    for part in [original, &document.id, &document.sha256] {
        hash.update(part);
        hash.update([0]);
    }
    hexadecimal(&hash.finalize())
}
